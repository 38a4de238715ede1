"""Who serves: thirteen stations, sixty offices, sixty people, nobody twice."""

from collections import Counter

from zhitong.config.demo.photos import DRAWINGS, photo
from zhitong.config.demo.sign_ins import SIGN_INS, STAFF_SIGN_INS
from zhitong.config.demo.stations import service, shared_out
from zhitong.kernel.identity.domain import plain_phone, plain_username
from zhitong.kernel.identity.models import Post
from zhitong.kernel.identity.roles import ROLES


def test_the_numbers_of_the_service(gazetteer):
    made = service(gazetteer)
    kinds = Counter(post.kind for post in made.posts)
    assert kinds["station"] == 13
    assert kinds["community"] == 60
    assert len(made.staff) == 60
    assert set(kinds) <= set(Post.Kind.values)
    assert service(gazetteer) == made


def test_everybody_has_a_name_and_a_post_of_their_own(gazetteer):
    made = service(gazetteer)
    assert len({person.username for person in made.staff}) == 60
    assert len({person.name for person in made.staff}) == 60
    posts = {post.key for post in made.posts}
    roles = {role.name for role in ROLES}
    for person in made.staff:
        assert plain_username(person.username) == person.username
        assert {term.post for term in person.terms} <= posts
        assert {term.role for term in person.terms} <= roles
        assert person.terms[0].to_days is None
    assert any(term.to_days for person in made.staff for term in person.terms)


def test_every_village_has_its_officer_and_every_post_its_parent(gazetteer):
    made = service(gazetteer)
    for town in gazetteer.townships:
        for village in gazetteer.villages[town.code]:
            assert made.officers[village.code]
    seen = set()
    for post in made.posts:
        assert post.parent in seen or not post.parent
        assert post.area in gazetteer.by_code
        seen.add(post.key)


def test_the_shared_sign_ins_are_people_of_the_demo(gazetteer):
    people = {person.username: person for person in service(gazetteer).staff}
    for one in STAFF_SIGN_INS:
        assert people[one.username].name == one.name
        assert people[one.username].terms[0].role == one.part
        assert one.name in str(one.label)
    resident = SIGN_INS[0]
    assert plain_phone(resident.username) == resident.username


def test_shares_are_fair_and_complete():
    assert shared_out(60, [20, 129, 62]) == [7, 35, 18]
    assert sum(shared_out(60, list(range(1, 14)))) == 60


def test_drawings_are_small_pictures():
    for kind in DRAWINGS:
        assert photo(kind).startswith(b"\xff\xd8\xff")
        assert len(photo(kind)) < 120_000
