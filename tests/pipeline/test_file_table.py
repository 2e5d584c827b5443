"""The table of files gives each file back by its number, in any order."""

from array import array

from refeed.input.discover import Batch
from refeed.pipeline.first_pass.file_table import Files

# "\udcff" stands for a byte that is no UTF-8, as in names of files.
NAMES = (("quay/", ("a.md", "b/céad.md")), ("", ("\udcff.md",)), ("pier/", ()), ("潮/", ("", "z.md")))
PATHS = ["quay/a.md", "quay/b/céad.md", "\udcff.md", "潮/", "潮/z.md"]


def test_files_are_found_by_their_numbers() -> None:
    files = Files()
    firsts = [files.add(Batch("/root", prefix, names, array("q"), ())) for prefix, names in NAMES]
    assert firsts == [0, 2, 3, 3]
    assert len(files) == 5
    assert [files[number].path for number in (4, 0, 3, 1, 2)] == [PATHS[number] for number in (4, 0, 3, 1, 2)]
    assert [file.path for file in files] == PATHS
    assert [file.name for file in files] == ["a.md", "b/céad.md", "\udcff.md", "", "z.md"]
    assert [file.path for file in Files.of(files.packed())] == PATHS


def test_files_keep_the_fields_beside_them() -> None:
    files = Files()
    files.add(Batch("/root", "quay/", ("a.md",), array("q"), ()))
    files.add(Batch("/root", "pier/", ("b.md", "c.md"), array("q"), (), beside={1: ("c.yml",)}))
    for table in (files, Files.of(files.packed())):
        assert [table[number].beside for number in range(3)] == [(), (), ("c.yml",)]
        assert [file.beside for file in table] == [(), (), ("c.yml",)]
