import re

import pytest

from zhitong.kernel.crypto.index import blind_index, keyed_digest, same_secret
from zhitong.kernel.crypto.keyring import FILE


def test_the_same_value_is_found_again(keys):
    found = blind_index("13800005678", purpose="phone")
    assert re.fullmatch("[0-9a-f]{64}", found)
    assert blind_index(" １３８００００５６７８\n", purpose="phone") == found


def test_columns_and_instances_do_not_show_equal_values(keys):
    found = blind_index("13800005678", purpose="phone")
    assert blind_index("13800005678", purpose="other") != found
    assert blind_index("13800005679", purpose="phone") != found
    (keys / FILE).unlink()
    assert blind_index("13800005678", purpose="phone") != found


@pytest.mark.parametrize("empty", ["", " ", "\u3000\n"])
def test_an_empty_value_matches_nobody(keys, empty):
    with pytest.raises(ValueError, match="empty"):
        blind_index(empty, purpose="phone")


def test_parts_do_not_run_into_one_another(keys):
    assert keyed_digest("index", "ab", "c") != keyed_digest("index", "a", "bc")
    assert keyed_digest("index", "ab") != keyed_digest("tracking", "ab")


def test_comparing_secrets():
    assert same_secret("直通", "直通")
    assert not same_secret("直通", "直達")
