"""What writers keep for themselves never stands in a title or a summary."""

import pytest

from refeed.limits import Limits
from refeed.model import Statement
from refeed.records.fields.choose import choose_summary, choose_title


# A value of a header, and what readers may see of it; the reason is the kind of remark.
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Fog %% ask Ann %%", "Fog"),
        ("Fog %%or mist%% at 5 %% 2", "Fog at 5 %% 2"),  # arithmetic is none
        ("Fog <!-- or mist --> again", "Fog again"),
        ("Fog {# or mist #} again", "Fog again"),  # Jinja, Nunjucks
        ("Fog {% comment %}or mist{% endcomment %} again", "Fog again"),  # Liquid
        ("Fog {{/* or mist */}} again", "Fog again"),  # Hugo
        ("Fog {/* or mist */} again", "Fog again"),  # MDX
        ("Fog <%# or mist %> again", "Fog again"),  # ERB
        ("Fog [private]or mist[/private] again", "Fog again"),
        ("Fog {{< secret >}}or mist{{< /secret >}} again", "Fog again"),
        ("Fog <!--members-only--> or mist", "Fog"),
        ("Fog <private>or mist</private> again", "Fog again"),
        ("Fog <!-- private -->or mist<!-- /private --> again", "Fog again"),
        ("Fog <!-- draft:start -->or mist<!-- draft:end --> again", "Fog again"),
        ("Fog {% if false %}or {% if x %}thin {% endif %}mist{% endif %} again", "Fog again"),
        ("Fog {{!-- or mist --}} again", "Fog again"),  # Handlebars
        ("Fog {::comment}or mist{:/comment} again", "Fog again"),  # kramdown
        ("Fog [private] 2", "Fog [private] 2"),  # nothing ends it
        ("Fog {% comment %}or {{ mist }} {% raw %}{% endcomment %} again", "Fog again"),  # with tags in it
        ("Fog {# or mist <!-- or rain --> again", "Fog {# or mist again"),  # nothing ends the first of them
        ("Fog, 100 %% of it", "Fog, 100 %% of it"),  # without a partner
    ],
)
def test_titles_and_summaries_show_no_remark(value: str, shown: str) -> None:
    assert choose_title((Statement(value, "heading"),), Limits()).value == shown
    assert choose_summary((Statement(value, "front matter: description"),)).value == shown


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        ("Fog.\n%%\nor mist\n%%\nRain.", "Fog. Rain."),
        # Beside a number a mark is a per cent, unless one of a remark has no partner otherwise.
        ("Fog in 2021 %% or\nmist %% came.", "Fog in 2021 came."),
        ("Fog %% or mist\nin 2021 %% came.", "Fog came."),
        ("In 2021 %% or\nmist %% fog.\n%%\nAsk\n%%\nRain.", "In 2021 fog. Rain."),
        ("100 %% of fog.\n50 %% of rain.", "100 %% of fog. 50 %% of rain."),
        # Of three nobody can tell which belong together.
        ("Fog %% or %% mist %% or\nrain.\n\nSun.", "Fog Sun."),
        ("Fog %% or %% mist %% or\nrain %% came.\n\nSun.", "Fog mist came. Sun."),
    ],
)
def test_a_remark_of_a_summary_may_have_several_lines(summary: str, shown: str) -> None:
    assert choose_summary((Statement(summary, "excerpt"),)).value == shown
