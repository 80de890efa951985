from evaluation.__main__ import Figure, below, filled, load_scorers, table, write_page

PRINTED = """EWT test             encoder     table
  LAS                  89.70     24.73
GUM news             encoder     table
  LAS                  87.98     24.73
"""
LAS = r"(?s)^GUM news .*?^  LAS +(?P<ours>[\d.]+) +(?P<trivial>[\d.]+)$"


def figure(line=LAS, aim=89.5, floor=87.5):
    return Figure("syntax", "GUM news", "LAS", line, aim, floor, "89.5, elsewhere")


def test_a_figure_is_read_from_its_own_set_with_its_rival():
    read = filled(figure(), PRINTED)
    assert (read.ours, read.trivial, read.beside) == (87.98, 24.73, None)


def test_another_model_stands_in_a_column_of_its_own():
    read = filled(figure(), PRINTED, PRINTED.replace("87.98", "88.12"))
    assert table([read]) == (
        "| layer | set | measure | trivial | ours | other model | aim | floor | published |\n"
        "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |\n"
        "| syntax | GUM news | LAS | 24.73 | 87.98 | 88.12 | 89.5 (missed) | 87.5"
        " | 89.5, elsewhere |"
    )


def test_a_figure_below_its_floor_is_named_and_so_is_one_that_nobody_printed():
    low = filled(figure(floor=88.5), PRINTED)
    gone = filled(figure(line=r"^no such (?P<ours>\d+)"), PRINTED)
    fine = filled(figure(), PRINTED)
    assert below([low, gone, fine]) == [
        "syntax, GUM news, LAS: 87.98, floor 88.5",
        "syntax, GUM news, LAS: not printed",
    ]


def test_the_table_replaces_the_old_one_and_leaves_the_words_around_it(tmp_path):
    page = tmp_path / "evaluation.md"
    marks = ("<!-- table: python -m evaluation --write -->", "<!-- end of table -->")
    page.write_text(f"Before.\n\n{marks[0]}\nold\n{marks[1]}\n\nAfter.\n", encoding="utf-8")
    write_page("| new |", page)
    expected = f"Before.\n\n{marks[0]}\n| new |\n{marks[1]}\n\nAfter.\n"
    assert page.read_text(encoding="utf-8") == expected


def test_every_figure_has_a_name_of_its_own_and_a_floor_in_per_cent():
    figures = [f for scorer in load_scorers() for f in scorer.figures]
    assert all(0 <= f.floor <= 100 for f in figures if f.floor is not None)
    names = [(f.layer, f.of, f.measure) for f in figures]
    assert len(set(names)) == len(names)
