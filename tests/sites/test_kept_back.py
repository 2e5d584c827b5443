"""What the folders of a site keep back; what one file of settings does is in `fixtures/sites/drafts.tsv`."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed

HUGO, ZOLA = ("hugo.toml", 'baseURL = "https://quay.example.org/"\n'), ("zola.toml", 'base_url = "https://q.example"\n')
ELEVENTY = ("eleventy.config.js", "module.exports = {metadata: {url: 'https://quay.example.org'}}")
ELEVENTY_BELOW = (ELEVENTY[0], ELEVENTY[1].replace("}}", "}, dir: {input: 'content'}}"))
DEFAULT, PRODUCTION = "config/_default/", "config/production/"
MOUNTS = "[[mounts]]\nsource = 'content'\ntarget = 'content'\nexcludeFiles = ['berth/**']\n"
INDEX = "content/berth/_index.md"
JEKYLL = "url: https://quay.example.org\nbaseurl: ''\nbase: &b {published: false}\n"
QUARTO = ("_quarto.yml", "project: {type: website}\nwebsite: {site-url: 'https://quay.example.org'}\n")
DRAFT = "---\ncascade: {draft: true}\n---\n"
GRAV, LOGIN, ABOVE = "user/config/site.yaml", "user/config/plugins/login.yaml", "user/pages/01.log/blog.md"
PAGES = ("berth/buoy.md", "berth/fog.fr.md", "berth/mole/bell.md", "news/fog.md")


def codes_of(folder: Path, post: str, files: dict[str, str]) -> list[str]:
    """Return why a post is left out of a folder with some files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, newline="")
    try:
        report = refeed.build(str(folder), now=datetime(2026, 11, 20, tzinfo=UTC))
    except refeed.NothingToBuildError as nothing:
        report = nothing.report
    return [problem.code for problem in report.left_out if problem.path == str(folder / post)]


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("tags: [sea, Diary]", ["locked"]),
        ("tags: diary", ["locked"]),
        ("tags: [diaries]", []),
        ("title: Diary", []),
        ("categories: [diary]", []),  # the plug-in asks the tags alone
        ("categories: [diary]\ntags: [sea]", []),
        ("categories: [diary, sea]\ntags: [Diary]", ["locked"]),
        ('tags: [diary]\npassword: ""', []),  # its own way to show such a post
        ("password: ''\ntags: [diary]", []),
        ("tags: [diary]\npassword:", ["locked"]),  # that is null, as a scaffold leaves it
        ("tags: [diary]\npassword: null", ["locked"]),
    ],
)
def test_hexo_locks_posts_by_their_tags(says: str, told: list[str], tmp_path: Path) -> None:
    """https://github.com/D0n9X1n/hexo-blog-encrypt: `encrypt.tags`."""
    assert told_of_hexo(tmp_path, says, "{tags: [{name: diary, password: buoy}]}") == told


@pytest.mark.parametrize(
    ("switch", "package", "told"),
    [
        ("enable: false, ", None, []),
        ("enable: true, ", None, ["locked"]),
        ("", '{"dependencies": {"hexo": "^7.0.0"}}', []),  # what is not installed locks nothing
        ("", '{"dependencies": {"hexo": "^7.0.0", "hexo-blog-encrypt": "^3.1.9"}}', ["locked"]),
        ("", '{"dependencies": {"hexo": "^7.0.0", "@quay/hexo-encrypt": "1"}}', ["locked"]),
        ("", '{"name": "quay"}', ["locked"]),  # it names nothing at all
        ("", '{"dependencies": {"hexo": ', ["locked"]),
    ],
)
def test_hexo_locks_posts_if_it_has_the_plugin(
    switch: str, package: str | None, told: list[str], tmp_path: Path
) -> None:
    if package:
        (tmp_path / "package.json").write_text(package)
    encrypt = f"{{{switch}tags: [{{name: diary, password: buoy}}]}}"
    assert told_of_hexo(tmp_path, "tags: [diary]", encrypt) == told


def told_of_hexo(folder: Path, says: str, encrypt: str) -> list[str]:
    """Return why a post is left out that says something, under settings that do."""
    (folder / "source" / "_posts").mkdir(parents=True)
    (folder / "_config.yml").write_text(
        f"url: https://quay.example.org\nnew_post_name: :title.md\nencrypt: {encrypt}\n"
    )
    (folder / "source" / "_posts" / "fog.md").write_text(f"---\ntitle: Fog\ndate: 2024-07-01\n{says}\n---\n\nThick.\n")
    report = refeed.build(str(folder), now=datetime(2026, 11, 20, tzinfo=UTC))
    assert b"buoy" not in repr(report).encode()
    return [problem.code for problem in report.left_out if problem.path.endswith("fog.md")]


def write_pages(folder: Path) -> None:
    for name in PAGES:
        post = folder / "content" / name
        post.parent.mkdir(parents=True, exist_ok=True)
        post.write_text(f"---\ntitle: Fog\ndate: 2024-07-01\n---\n\nFog at {name}.\n")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([HUGO, (INDEX, "---\ncascade:\n  draft: true\n---\n")], ["draft"]),
        ([HUGO, (INDEX, "---\r\ncascade:\r\n- build: {render: never}\r\n---\r\n")], ["private"]),
        (
            [
                HUGO,
                ("content/_index.md", "+++\n[[cascade]]\ndraft = true\n[cascade.target]\npath = '/berth/**'\n+++\n"),
            ],
            ["draft"],
        ),
        (
            [
                HUGO,
                ("content/_index.md", "---\ncascade:\n  draft: true\n---\n"),
                (INDEX, "---\ncascade: {draft: false}\n---\n"),
            ],
            [],
        ),
        ([HUGO, (INDEX, "---\ncascade:\n- draft: true\n  target: {kind: section}\n---\n")], []),  # its lists alone
        ([HUGO, (INDEX, "---\ndraft: true\n---\n")], []),  # Hugo hands down what stands in cascade, and no more
        ([HUGO, (INDEX, '{\n"cascade": {"draft": true}\n}\n\nThe berth.\n')], ["draft"]),
        ([HUGO, (INDEX, "\n\n---\ncascade: {draft: true}\n---\n")], ["draft"]),  # Hugo passes over blanks
        ([HUGO, ("content/berth/_index.html", "---\ncascade: {draft: true}\n---\n")], ["draft"]),
        # Front matter may stand above any markup; the page of a section in one language speaks for that language.
        *(
            ([HUGO, (f"content/berth/_index.{ending}", "---\ncascade: {draft: true}\n---\n")], told)
            for ending, told in (
                *(("org", ["draft"]), ("adoc", ["draft"]), ("htm", ["draft"]), ("en.md", ["draft"]), ("fr.md", [])),
                ("en.html", ["draft"]),
            )
        ),
        (
            [("hugo.toml", HUGO[1] + 'defaultContentLanguage = "fr"\n'), ("content/berth/_index.fr.org", DRAFT)],
            ["draft"],
        ),
        ([HUGO, (INDEX, "---\ncascade: [{draft: true, target: {lang: en}}]\n---\n")], ["draft"]),
        ([HUGO, (INDEX, "---\ncascade: [{draft: true, target: {lang: '{de,fr}'}}]\n---\n")], []),
        # What else a header may say to withhold its post, a section may say for its posts; the times, too.
        ([HUGO, (INDEX, "---\ncascade: {private: true}\n---\n")], ["private"]),
        ([HUGO, (INDEX, "---\ncascade: {password: swordfish}\n---\n")], ["locked"]),
        ([HUGO, (INDEX, "---\ncascade: {expiryDate: 2025-01-01}\n---\n")], ["expired"]),
        ([HUGO, (INDEX, "---\ncascade: {expiryDate: 2027-01-01}\n---\n")], []),
        ([HUGO, (INDEX, "---\ncascade: {publishDate: 2027-01-01}\n---\n")], ["future"]),
        ([HUGO, (INDEX, "---\ncascade: {publishDate: 2025-01-01}\n---\n")], []),
        ([HUGO, (INDEX, "---\ncascade: {date: 2027-01-01}\n---\n")], []),  # the post has a date of its own
        (
            [
                HUGO,
                ("content/_index.md", "---\ncascade: {expiryDate: 2025-01-01}\n---\n"),
                (INDEX, "---\ncascade: {expiryDate: 2027-01-01}\n---\n"),
            ],
            [],
        ),
        # Parts of the settings in files of their own; those of the environment that publishes count more.
        ([HUGO, (f"{DEFAULT}cascade.toml", "[[cascade]]\ndraft = true\ntarget = {path = '/berth/**'}\n")], ["draft"]),
        ([HUGO, (f"{DEFAULT}cascade.toml", "[[cascade]]\ndraft = true\ntarget = {path = '/quay/**'}\n")], []),
        ([HUGO, (f"{DEFAULT}cascade.yaml", "- draft: true\n  target: {path: '/quay/**'}\n")], []),
        ([HUGO, (f"{DEFAULT}module.toml", MOUNTS)], ["site-page"]),
        ([HUGO, (f"{PRODUCTION}hugo.toml", "[[cascade]]\ndraft = true\n")], ["draft"]),
        ([HUGO, (f"{PRODUCTION}cascade.yaml", "- draft: true\n")], ["draft"]),
        (
            [
                HUGO,
                (f"{DEFAULT}hugo.toml", "[cascade]\ndraft = true\n"),
                (f"{PRODUCTION}cascade.toml", "draft = false\n"),
            ],
            [],
        ),
        ([HUGO, ("config/staging/hugo.toml", "[[cascade]]\ndraft = true\n")], []),
        ([ZOLA, (INDEX, "+++\ndraft = true\n+++\n")], ["draft"]),  # Zola does not enter the folder
        ([ZOLA, (INDEX, "+++\nrender = false\n+++\n")], []),  # only the section has no page: its posts do
        # Beside the page of a bundle, or below it, nothing is a page: https://gohugo.io/content-management/page-bundles/
        ([HUGO, ("content/berth/index.md", "---\ndraft: true\n---\n")], ["site-page"]),
        ([HUGO, ("content/berth/index.fr.md", "A quay.\n")], ["site-page"]),
        ([HUGO, ("content/index.md", "A harbour.\n")], []),  # of all content it makes no bundle
        ([HUGO, ("content/berth/old/index.md", "A quay.\n")], []),
        ([ZOLA, ("content/berth/index.md", "+++\n+++\n")], []),
        ([ELEVENTY, ("content/berth/berth.json", '{"draft": true}')], ["draft"]),
        ([ELEVENTY, ("content/berth/berth.11tydata.js", "module.exports = {permalink: false}")], ["private"]),
        ([ELEVENTY, ("content/berth/fog.11tydata.json", '{"draft": true}')], ["draft"]),
        ([ELEVENTY, ("content/berth/tide.11tydata.json", '{"draft": true}')], []),  # of another post
        ([ELEVENTY, (".eleventyignore", "# not ready\ncontent/berth/\n")], ["site-page"]),
        ([ELEVENTY, (".eleventyignore", "**/berth/**\n")], ["site-page"]),
        ([ELEVENTY_BELOW, ("content/.eleventyignore", "berth\n")], ["site-page"]),  # of the folder that it lies in
        ([ELEVENTY, (".eleventyignore", "content/*\n!content/berth\n")], []),
        # Eleventy asks Git, too, unless it is told not to.
        ([ELEVENTY, (".gitignore", "/content/berth/\n")], ["site-page"]),
        ([ELEVENTY, (".gitignore", "*.tmp\n_site\n")], []),
        ([ELEVENTY, (".gitignore", "berth\n!content/berth\n")], []),
        ([(ELEVENTY[0], ELEVENTY[1] + "\nc.setUseGitIgnore(false);"), (".gitignore", "berth\n")], []),
        ([(ELEVENTY[0], ELEVENTY[1] + "\nc.setUseGitIgnore( false );"), (".gitignore", "berth\n")], []),
        ([(ELEVENTY[0], ELEVENTY[1] + "\nc.setUseGitIgnore(!1);"), (".gitignore", "berth\n")], []),
        ([(ELEVENTY[0], ELEVENTY[1] + "\nu='https://q'; c.setUseGitIgnore(false);"), (".gitignore", "berth\n")], []),
        ([(ELEVENTY[0], ELEVENTY[1] + "\nu=`a/*.md`; c.setUseGitIgnore(false);"), (".gitignore", "berth\n")], []),
        ([(ELEVENTY[0], ELEVENTY[1] + "\n// c.setUseGitIgnore(false);"), (".gitignore", "berth\n")], ["site-page"]),
        ([(ELEVENTY[0], ELEVENTY[1] + "\n/* setUseGitIgnore(false) */"), (".gitignore", "berth\n")], ["site-page"]),
        ([(ELEVENTY[0], ELEVENTY[1] + "\nc.setUseGitIgnore(true);"), (".gitignore", "berth\n")], ["site-page"]),
        # What YAML repeats with an alias, or merges, is said as if it stood there.
        ([("_config.yml", JEKYLL + "defaults:\n- {scope: {path: content}, values: {<<: *b}}\n")], ["draft"]),
        ([("_config.yml", JEKYLL + "defaults:\n- {scope: {path: content}, values: *b}\n")], ["draft"]),
        ([HUGO, (INDEX, "---\nd: &d {draft: true}\ncascade: *d\n---\n")], ["draft"]),
        ([HUGO, (INDEX, "---\nd: &d {draft: true}\ncascade: {<<: *d}\n---\n")], ["draft"]),
        (
            [HUGO, (INDEX, "---\nd: &d {draft: true}\ncascade: {<<: *d, draft: false}\n---\n")],
            [],
        ),  # its own word counts
        ([HUGO, (INDEX, "---\nd: &d [{draft: true}]\ncascade: *d\n---\n")], ["draft"]),
        ([("hugo.yaml", "baseURL: https://q.example\nd: &d\n  cascade: {draft: true}\n<<: *d\n")], ["draft"]),
        ([QUARTO, ("content/_metadata.yml", "x: &x true\ndraft: *x\n")], ["draft"]),
        ([QUARTO, ("content/_metadata.yml", "x: &x {draft: true}\n<<: *x\n")], ["draft"]),
        ([QUARTO, ("content/_metadata.yml", "<<: {draft: true}\n")], ["draft"]),
    ],
)
def test_a_folder_keeps_its_posts_back(files: list[tuple[str, str]], told: list[str], tmp_path: Path) -> None:
    post = "content/berth/fog.md"
    assert (
        codes_of(tmp_path, post, {**dict(files), post: "---\ntitle: Fog\ndate: 2024-07-01\n---\n\nNot yet.\n"}) == told
    )


@pytest.mark.parametrize(
    ("above", "handed_down", "own", "told"),
    [
        # Of one key the page's own word counts, then that of its section, then that of those above.
        ("", "private: true", "private: false", []),
        ("", "private: true", "params: {private: false}", []),  # Hugo keeps both in one place
        ("", "members: true", "members: no", []),
        ("", "listed: false", "listed: true", []),
        ("", "private: true", "", ["private"]),
        ("", "password: swordfish", "private: false", ["locked"]),
        ("", "draft: true, private: true", "private: false", ["draft"]),
        ("", "draft: true, private: true", "draft: false", ["private"]),
        ("", "draft: true, private: true", "draft: false\nprivate: false", []),
        ("", "private: true, build: {list: never}", "private: false", ["private"]),
        ("private: true", "draft: false", "", ["private"]),
        ("private: true", "private: false", "", []),
        ("draft: true", "private: true", "private: false", ["draft"]),
    ],
)
def test_the_word_of_a_page_counts_before_that_of_its_section(
    above: str, handed_down: str, own: str, told: list[str], tmp_path: Path
) -> None:
    says = "---\ncascade: {{{}}}\n---\n"
    files = (HUGO, ("content/_index.md", says.format(above)), (INDEX, says.format(handed_down)))
    for name, text in (
        *files,
        ("content/berth/fog.md", f"---\ntitle: Fog\ndate: 2024-07-01\n{own}\n---\n\nNot yet.\n"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    report = refeed.build(str(tmp_path), now=datetime(2026, 11, 20, tzinfo=UTC))
    assert [problem.code for problem in report.left_out if problem.path.endswith("fog.md")] == told


def test_a_bundle_of_hugo_reaches_below_its_folder_and_no_further(tmp_path: Path) -> None:
    post = "---\ntitle: Fog\ndate: 2024-07-01\n---\n\nFog at {0}.\n"
    own = ["content/b/index.md", "content/b/night/index.md", "content/bay.md"]
    for name in [
        *own,
        "content/b/part.md",
        "content/b/more/part.org",
        "content/b/night/part.md",
        "content/b/old/part.md",
    ]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(post.format(name))
    (tmp_path / HUGO[0]).write_text(HUGO[1])
    told = [problem.path for problem in refeed.build(str(tmp_path)).left_out if problem.code == "site-page"]
    parts = ["content/b/part.md", "content/b/more/part.org", "content/b/night/part.md", "content/b/old/part.md"]
    assert told == [str(tmp_path / name) for name in parts]
    given = refeed.build(str(tmp_path / "content/b"))
    assert (given.totals.out, len(given.left_out)) == (2, 4)


@pytest.mark.parametrize(
    ("path", "kept_back"),
    [
        ("{/berth,/berth/**}", PAGES[:3]),  # as Hugo's documentation writes it
        ("/berth/fog", PAGES[1:2]),  # a page has no ending, and is the same in each language
        ("/Berth/BUOY", PAGES[:1]),  # Hugo compares both in lower case
        ("/berth/fo?", PAGES[1:2]),
        ("/berth/*", PAGES[:2]),  # `*` does not reach below a folder
        ("/berth/{buoy,mole/*}", (PAGES[0], PAGES[2])),
        ("/berth/[a-c]*", PAGES[:1]),
        ("/berth/[!a-c]*", PAGES[1:2]),
        ("/**/bell", PAGES[2:3]),
        ("**", PAGES[:3]),  # and not the news: a section speaks for what lies below it
        ("/news/**", ()),
        ("/berth/*.md", PAGES[:2]),  # with the ending, as older versions of Hugo have it
        ("/berth/{fog", PAGES[:3]),  # no pattern: nobody can tell what was meant
        ("/" + "**b" * 50, ()),  # takes no time
    ],
)
def test_the_path_in_a_cascade_names_pages_of_its_section(
    path: str, kept_back: tuple[str, ...], tmp_path: Path
) -> None:
    write_pages(tmp_path)
    (tmp_path / HUGO[0]).write_text(HUGO[1])
    (tmp_path / INDEX).write_text(f"---\ncascade:\n- target: {{path: '{path}'}}\n  draft: true\n---\n")
    report = refeed.build(str(tmp_path), now=datetime(2026, 11, 20, tzinfo=UTC))
    drafts = [problem.path for problem in report.left_out if problem.code == "draft"]
    assert sorted(drafts) == [str(tmp_path / "content" / name) for name in kept_back]


def test_a_cascade_takes_in_again_only_the_pages_that_it_names(tmp_path: Path) -> None:
    write_pages(tmp_path)
    (tmp_path / "hugo.toml").write_text(HUGO[1] + "[[cascade]]\ndraft = true\ntarget = {path = '{/berth,/berth/**}'}\n")
    (tmp_path / INDEX).write_text("---\ncascade: [{target: {path: '/berth/*'}, draft: false}]\n---\n")
    report = refeed.build(str(tmp_path), now=datetime(2026, 11, 20, tzinfo=UTC))
    assert [problem.path for problem in report.left_out if problem.code == "draft"] == [
        str(tmp_path / "content" / PAGES[2])
    ]


def test_many_sections_leave_room_for_what_the_settings_hand_down(tmp_path: Path) -> None:
    write_pages(tmp_path)
    (tmp_path / "hugo.toml").write_text(HUGO[1] + "[[cascade]]\ndraft = true\ntarget = {path = '/berth/**'}\n")
    for number in range(120):
        section = tmp_path / "content" / f"s{number}"
        section.mkdir()
        (section / "_index.md").write_text("---\ncascade: {draft: true}\n---\n")
    report = refeed.build(str(tmp_path), now=datetime(2026, 11, 20, tzinfo=UTC))
    drafts = [problem.path for problem in report.left_out if problem.code == "draft"]
    assert drafts == [str(tmp_path / "content" / name) for name in PAGES[:3]]


def test_a_section_is_found_far_below_and_behind_many_bundles(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text(HUGO[1])
    deep, wide = tmp_path / "content" / "a" / "b" / "c" / "d" / "e", tmp_path / "content" / "z"
    for section in (deep, wide):
        section.mkdir(parents=True)
        (section / "_index.md").write_text("---\ncascade: {draft: true}\n---\n")
        (section / "fog.md").write_text("---\ntitle: Fog\ndate: 2024-07-01\n---\nThick.\n")
    for number in range(400):
        (tmp_path / "content" / "a" / f"n{number}").mkdir()
    open_post = tmp_path / "content" / "a" / "n1" / "index.md"
    open_post.write_text("---\ntitle: Open\ndate: 2024-07-02\n---\nClear.\n")
    options = refeed.Options(paths=(str(tmp_path),))
    assert [entry.title for entry in refeed.entries(options, now=datetime(2026, 1, 1, tzinfo=UTC))] == ["Open"]


def test_each_language_has_a_section_of_its_own(tmp_path: Path) -> None:
    write_pages(tmp_path)
    (tmp_path / HUGO[0]).write_text(HUGO[1])
    (tmp_path / "content/berth/_index.fr.md").write_text(DRAFT)
    report = refeed.build(str(tmp_path), now=datetime(2026, 11, 20, tzinfo=UTC))
    drafts = [problem.path for problem in report.left_out if problem.code == "draft"]
    assert drafts == [str(tmp_path / "content" / "berth/fog.fr.md")]


def test_no_section_is_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text(HUGO[1])
    post = "---\ntitle: Fog\ndate: 2024-07-01\n---\nThick.\n"
    for number in range(300):
        section = tmp_path / "content" / f"s{number}"
        section.mkdir(parents=True)
        (section / "_index.md").write_text(DRAFT)
        (section / "fog.md").write_text(post)
    for number in range(600):
        (section / f"n{number}.md").write_text(post)
    totals = refeed.build(str(tmp_path), now=datetime(2026, 11, 20, tzinfo=UTC)).totals
    assert (totals.withheld, totals.out) == (900, 0)


@pytest.mark.parametrize("settings", ["_config.yml", "bridgetown.config.yml"])
@pytest.mark.parametrize(
    ("named", "titles"),
    [
        ("src", ["Post"]),  # of the site, folders with a `_` are no pages
        ("src/_feeds", ["Deep"]),  # whoever names one wants what is in it, but for its own folders of this kind
        ("src/_feeds/2024", ["Deep"]),
        ("src/_feeds/2024/deep.md", ["Deep"]),
        ("src/_feeds/2024/_old", ["Old"]),
        ("src/_drafts", []),  # a draft is one wherever somebody looks
    ],
)
def test_a_folder_that_is_named_is_read_whatever_its_site_makes_of_it(
    settings: str, named: str, titles: list[str], tmp_path: Path
) -> None:
    (tmp_path / settings).write_text("url: https://quay.example.org\nsource: src\n")
    pages = {"_posts/2024-07-01-post": "Post", "_feeds/2024/deep": "Deep", "_feeds/2024/_old/old": "Old"}
    for name, title in {**pages, "_drafts/draft": "Draft"}.items():
        page = tmp_path / "src" / f"{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"---\ntitle: {title}\ndate: 2024-07-01\n---\n\n{title} at the quay.\n")
    options = refeed.Options(paths=(str(tmp_path / named),))
    try:
        entries = [*refeed.entries(options, now=datetime(2026, 1, 1, tzinfo=UTC))]
    except refeed.NothingToBuildError:
        entries = []
    assert [entry.title for entry in entries] == titles


def test_many_patterns_leave_room_for_folders_with_an_underscore(tmp_path: Path) -> None:
    """What is left out was counted together with what is read: from the 101st on `_faqs` was read."""
    (tmp_path / "_config.yml").write_text(
        "url: https://quay.example.org\nexclude:\n" + "".join(f"- berth{number}\n" for number in range(99))
    )
    for name in ("_posts/2024-07-01-post.md", "_faqs/ebb.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("---\ntitle: Fog\ndate: 2024-07-01\n---\n\nThick.\n")
    report = refeed.build(str(tmp_path), now=datetime(2026, 11, 20, tzinfo=UTC))
    assert report.totals.out == 1
    assert [Path(one.path).name for one in report.left_out if one.code == "site-page"] == ["ebb.md"]


@pytest.mark.parametrize(
    ("settings", "says", "data", "told"),
    [
        ("user/config/site.yaml", "title: Quay", {"user/pages/01.log/frontmatter.yaml": "published: false"}, ["draft"]),
        ("user/config/site.yaml", "title: Quay", {"user/pages/02.yard/frontmatter.yaml": "published: false"}, []),
        (
            "user/config/site.yaml",
            "title: Quay",
            {"user/config/system.yaml": "pages: {ignore_folders: [fog]}"},
            ["site-page"],
        ),
        (
            "user/config/site.yaml",
            "title: Quay",
            {"user/config/system.yaml": "pages: {ignore_files: [item.md]}"},
            ["site-page"],
        ),
        ("user/config/site.yaml", "title: Quay", {"user/config/system.yaml": "pages: {ignore_folders: [fo]}"}, []),
        ("_config.ts", "lume({location: 'https://quay.example.org'})", {"user/_data.yml": "draft: true"}, ["draft"]),
        ("_config.ts", "lume({location: 'https://quay.example.org'})", {"_data.json": '{"draft": true}'}, ["draft"]),
        (
            "_config.ts",
            "lume({location: 'https://quay.example.org'})",
            {"_data.yml": "draft: true", "user/pages/_data.yml": "draft: false"},  # the innermost counts
            [],
        ),
        # A folder of data: each file holds the value of the key that it is named for.
        *(
            ("_config.ts", "lume({location: 'https://quay.example.org'})", {f"user/_data/{name}": text}, told)
            for name, text, told in (
                *(("draft.json", "true", ["draft"]), ("draft.yml", "true", ["draft"]), ("draft.yaml", "no", [])),
                *(("draft.js", "export default true;", ["draft"]), ("draft.json", "false", [])),
                *(("crew.json", '{"draft": true}', []), ("draft.txt.md", "Not yet.", [])),
            )
        ),
        ("_config.ts", "lume({location: 'https://quay.example.org'})", {"user/_data.yml": "url: false"}, ["private"]),
        ("_config.ts", "lume({location: 'https://quay.example.org'})", {"user/_data/url.yml": "false"}, ["private"]),
        ("_config.ts", "lume({location: 'https://quay.example.org'})", {"user/_data.yml": "url: /log/"}, []),
        (GRAV, "title: Quay", {"user/pages/01.log/frontmatter.yaml": "visible: false"}, []),  # about menus
        *(
            ("bridgetown.config.yml", f"url: https://quay.example.org\n{says}", {data: text}, told)
            for says, data, text, told in (
                ("", "src/user/_defaults.yml", "published: false", ["draft"]),
                ("", "src/_defaults.json", '{"private": true}', ["private"]),
                ("", "src/mole/_defaults.yml", "published: false", []),
            )
        ),
        ("mkdocs.yml", "site_name: Quay", {"docs/user/.meta.yml": "draft: true"}, ["draft"]),
        ("mkdocs.yml", "site_name: Quay", {"docs/user/pages/.meta.yml": "tags: [tide]"}, []),
        # Who may read a page may read those below it where the plug-in for accounts says so.
        (GRAV, "title: Quay", {LOGIN: "parent_acl: true", ABOVE: "---\naccess: {site.paid: true}\n---\n"}, ["locked"]),
        (GRAV, "title: Quay", {LOGIN: "parent_acl: true", ABOVE: "---\naccess: {crew.read: true}\n---\n"}, ["locked"]),
        (GRAV, "title: Quay", {LOGIN: "parent_acl: false", ABOVE: "---\naccess: {site.paid: true}\n---\n"}, []),
        (GRAV, "title: Quay", {ABOVE: "---\naccess: {site.paid: true}\n---\n"}, []),
        (GRAV, "title: Quay", {LOGIN: "parent_acl: true", ABOVE: "---\ntitle: Log\n---\n"}, []),
    ],
)
def test_what_stands_beside_the_posts_of_a_folder_keeps_them_back(
    settings: str, says: str, data: dict[str, str], told: list[str], tmp_path: Path
) -> None:
    post = {"bridgetown.config.yml": "src/", "mkdocs.yml": "docs/"}.get(settings, "") + "user/pages/01.log/fog/item.md"
    files = {settings: says, post: "---\ntitle: Fog\ndate: 2024-07-01\n---\n\nThick.\n", **data}
    assert codes_of(tmp_path, post, files) == told


@pytest.mark.parametrize("says", ["published: true", "publish: yes", "Published: ja", "published: 2024-06-30"])
def test_data_of_a_folder_that_say_it_is_published_are_no_damaged_date(says: str, tmp_path: Path) -> None:
    (tmp_path / "_config.ts").write_text("lume({location: 'https://quay.example.org'})\n")
    (tmp_path / "_data.yml").write_text(f"{says}\n")
    (tmp_path / "fog.md").write_text("---\ntitle: Fog\ndate: 2024-07-01\n---\n\nThick.\n")
    report = refeed.build(str(tmp_path), now=datetime(2026, 11, 20, tzinfo=UTC))
    assert (report.totals.out, [problem.code for problem in report.problems if problem.path.endswith(".md")]) == (1, [])


@pytest.mark.parametrize(
    ("data", "says", "told"),
    [
        ("src/_posts/_defaults.yml", "published: false", ["draft"]),
        ("src/_posts/log/_defaults.yml", "draft: true", ["draft"]),
        ("src/_defaults.yml", "private: true", ["private"]),
        ("src/_posts/log/_defaults.yml", "draft: false", []),
        ("src/_posts/boats/_defaults.yml", "draft: true", []),
    ],
)
def test_data_of_folders_keep_posts_in_underscored_folders_back(
    data: str, says: str, told: list[str], tmp_path: Path
) -> None:
    post = "src/_posts/log/2024-07-01-fog.md"
    settings = {"bridgetown.config.yml": "url: https://quay.example.org", data: says}
    assert codes_of(tmp_path, post, {**settings, post: "---\ntitle: Fog\n---\n\nThick.\n"}) == told


@pytest.mark.parametrize(
    ("settings", "says", "data", "own", "told"),
    [
        (GRAV, "title: Quay", ("user/config/plugins/login.yaml", "parent_acl: true"), "access: {site.paid: false}", []),
        (GRAV, "title: Quay", ("user/config/plugins/login.yaml", "parent_acl: true"), "access: []", ["locked"]),
        ("_config.ts", "lume({location: 'https://quay.example.org'})", ("_data.yml", "url: false"), "url: /fog/", []),
    ],
)
def test_what_a_page_says_itself_counts_more_than_its_folder(
    settings: str, says: str, data: tuple[str, str], own: str, told: list[str], tmp_path: Path
) -> None:
    text = f"---\ntitle: Fog\ndate: 2024-07-01\n{own}\n---\n\nThick.\n"
    above = "---\naccess: {site.paid: true}\n---\n"
    post = "user/pages/01.log/fog/item.md"
    assert codes_of(tmp_path, post, dict([(settings, says), data, (ABOVE, above), (post, text)])) == told


LEKTOR = ("Quay.lektorproject", "[project]\nname = Quay\nurl = https://quay.example.org\n")
PLUXML = ("data/configuration/parametres.xml", "<document><parametre name='title'>Quay</parametre></document>")


@pytest.mark.parametrize(
    ("above", "own", "model", "told"),
    [
        ("_hidden: yes", "", "", ["private"]),  # what lies below a hidden page is hidden
        ("_hidden: yes", "_hidden: no", "", []),  # unless it says otherwise
        ("_hidden: no", "", "", []),
        ("_discoverable: no", "", "", []),  # that page alone is on no list
        ("_model: log", "", "[children]\nhidden = yes\n", ["private"]),  # the model of the page above hides them
        ("_model: log", "_hidden: no", "[children]\nhidden = yes\n", []),
        ("_hidden: yes\n---\n_model: log", "", "[children]\nhidden = no\n", []),  # and shows them
        ("_model: mole", "", "[children]\nhidden = yes\n", []),
        ("title: Log", "", "", []),
    ],
)
@pytest.mark.parametrize("between", ["", "2024/"])
def test_lektor_hides_what_lies_below_a_hidden_page(
    between: str, above: str, own: str, model: str, told: list[str], tmp_path: Path
) -> None:
    """https://www.getlektor.com/docs/content/#system-fields: `is_hidden` of lektor.db asks the page above."""
    post = f"title: Fog\n---\npub_date: 2024-07-01\n---\n{own}\n---\nbody: Thick.\n"
    page = f"content/log/{between}fog/contents.lr"
    files = {"content/log/contents.lr": f"{above}\n", "models/log.ini": f"[model]\nname = Log\n\n{model}", page: post}
    assert codes_of(tmp_path, page, {LEKTOR[0]: LEKTOR[1], **files}) == told


@pytest.mark.parametrize(
    ("categories", "told"),
    [
        ("002", ["private"]),
        ("002,004", ["private"]),  # the latter is in no table any more
        ("001", []),
        ("002,001", []),  # one that is active is enough
        ("home,002", []),  # the front page
        ("000", []),  # in no category
    ],
)
def test_pluxml_shows_no_article_whose_categories_are_switched_off(
    categories: str, told: list[str], tmp_path: Path
) -> None:
    table = "<document><categorie number='001' active='1'/><categorie number='002' active='0'/></document>"
    article = (
        "<document><title>Fog</title><allow_com>1</allow_com><content><![CDATA[<p>Thick.</p>]]></content></document>"
    )
    name = f"data/articles/0007.{categories}.001.202407010730.fog.xml"
    files = {PLUXML[0]: PLUXML[1], name: article}
    assert codes_of(tmp_path / "a", name, {**files, "data/configuration/categories.xml": table}) == told
    assert codes_of(tmp_path / "b", name, files) == []  # nothing says which are


def test_what_lies_beside_the_content_of_kirby_is_no_post(tmp_path: Path) -> None:
    post = "Title: Fog\n\n----\n\nDate: 2024-07-01\n\n----\n\nText: Thick.\n"
    files = {"site/config/config.php": "<?php return [];", "content/log/fog/article.txt": post}
    for beside in ("site/logs/fog/article.txt", "storage/mail/fog/article.txt"):
        assert codes_of(tmp_path / beside[:4], beside, {**files, beside: post}) == ["site-page"]
        assert codes_of(tmp_path / beside[:4], "content/log/fog/article.txt", files) == []
