from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.search.domain import MOST_PHRASES, MOST_TOKENS, Phrase, phrases, tokens

MEANT = set("'\"*:&|!<>()^{}+-\\%\0 \n")
"""Signs that mean something to FTS5, tsquery or SQL."""


def test_pairs_and_the_last_character():
    assert tokens("派出所，ABC") == "派出 出所 所 wabc"
    assert tokens("") == tokens("，。!") == ""


def test_a_phrase_is_pairs_without_the_last_character():
    assert phrases("派出所 所 ＡＢ") == [
        Phrase(("派出", "出所"), prefix=False),
        Phrase(("所",), prefix=True),
        Phrase(("wab",), prefix=True),
    ]


def test_a_phrase_of_several_runs_keeps_their_ends():
    assert phrases("派出所a1") == [Phrase(("派出", "出所", "所", "wa1"), prefix=True)]


@given(st.text(max_size=400))
def test_tokens_hold_nothing_that_an_engine_could_read_as_its_own(text):
    found = tokens(text).split(" ") if tokens(text) else []
    assert not any(MEANT & set(token) for token in found)
    assert len(found) <= MOST_TOKENS
    assert len(phrases(text)) <= MOST_PHRASES
    assert not any(MEANT & set(token) for phrase in phrases(text) for token in phrase.tokens)
