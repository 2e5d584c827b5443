"""Report charts, maps and drawings that only a script would draw into empty boxes."""

from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.clean.pictures.other_pictures import is_drawing
from refeed.clean.types import Body, Loss, Note
from refeed.html.page import Page
from refeed.html.tree import MEDIA, attribute, holds, shown
from refeed.startup.late_patterns import late_pattern

# Libraries, by what scripts call of them. What else fills a box is of the page: comments, forms, advertisements.
_LIBRARY: Final = late_pattern(
    r"\b(?:ABCJS|AMap|ApexCharts|BMap|Bokeh|Chartist|Desmos|Dygraph|GGBApplet|Highcharts|JXG|Plotly|anychart|cytoscape"
    r"|echarts|functionPlot|mapboxgl|maplibregl|vegaEmbed)\b"
    r"|\b(?:L\.map|bb\.generate|c3\.generate|google\.(?:maps|visualization)|nv\.models|ol\.Map|vis\.(?:Network|Timeline))\b"
    r"|\bd3\.select|\bnew (?:Chart|p5|uPlot)\("
)
_NAME: Final = late_pattern(r"[\"'`]#?([\w:.-]{1,100})")
_BY_TAG: Final = frozenset({"canvas", "svg"})


def report_drawn(page: Page, _body: Body) -> Iterator[Note]:
    """Report what stands empty where scripts are not run; R's widgets have their data beside them."""
    scripts = list(page.elements("script"))
    if not scripts:
        return
    drawing = (text for script in scripts if _LIBRARY.search(text := "".join(map(str, script.contents))))
    filled = {name for text in drawing for name in _NAME.findall(text)}
    filled.update(name for script in scripts if (name := attribute(script, "data-for")))
    for box in page.candidates(attributes={"id"}) if filled else ():
        if attribute(box, "id") in filled and _is_empty(box):
            yield Loss("media-lost", f'<{box.name} id="{attribute(box, "id")}"')


def _is_empty(box: Tag) -> bool:
    """Return whether a box shows nothing yet; a drawing that is larger than an icon is reported by its size."""
    return not shown(box) and not holds(box, MEDIA) and not (box.name in _BY_TAG and is_drawing(box))
