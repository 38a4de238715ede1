"""The table of the desk: along every path, what goes out was approved as it is."""

from hypothesis import given
from hypothesis import strategies as st

from zhitong.lines.microblog.desk.categories import categories
from zhitong.lines.microblog.desk.domain import Stage, Verb, WrongStage, approved, move


@given(st.lists(st.sampled_from(Verb), max_size=14))
def test_nothing_gets_out_that_was_not_approved_since_it_was_written(verbs: list[Verb]) -> None:
    """Along every path of the table, publishing follows an approval with no writing between."""
    stage, approved_since = Stage.DRAFT, False
    for verb in verbs:
        try:
            stage = move(stage, verb)
        except WrongStage:
            continue
        if verb in {Verb.WRITE, Verb.SEND_BACK, Verb.HOLD, Verb.RESUME}:
            approved_since = False
        elif verb is Verb.APPROVE:
            approved_since = True
        elif verb is Verb.PUBLISH:
            assert approved_since


@given(st.sets(st.sampled_from("abcd")), st.sampled_from("abcd"))
def test_authors_never_count(approvers: set[str], author: str) -> None:
    for category in categories().values():
        enough = approved(category, approvers, {author})
        assert enough == (len(approvers - {author}) >= category.eyes)
