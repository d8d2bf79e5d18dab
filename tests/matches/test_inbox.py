"""Where events wait, and what is known of clients there."""

from datetime import date

from gateway.matches.events import client_hash, normalised
from gateway.matches.inbox import Inbox
from tests.matches.conftest import file

DAY, NEXT = date(2026, 1, 1), date(2026, 1, 2)


def test_an_event_that_is_written_later_is_not_taken_out_for_one_that_was_counted(address: str) -> None:
    # Two count at once where the lease of the first has run out, as it may while an import keeps it waiting.
    inbox = Inbox(address)
    inbox.write([b"one", b"two"])
    first, second = inbox.read(10), inbox.read(10)
    assert [one.event for one in first] == [one.event for one in second] == [b"one", b"two"]
    inbox.remove([one.id for one in first])
    inbox.write([b"three", b"four"])
    inbox.remove([one.id for one in second])
    assert [one.event for one in inbox.read(10)] == [b"three", b"four"]
    inbox.close()


def test_events_come_in_their_order_and_some_at_a_time(address: str) -> None:
    inbox = Inbox(address)
    inbox.write([b"%d" % number for number in range(1_200)])
    assert [one.event for one in inbox.read(3)] == [b"0", b"1", b"2"]
    inbox.remove([one.id for one in inbox.read(1_100)])
    assert [one.event for one in inbox.read(2)] == [b"1100", b"1101"]
    inbox.close()


def test_a_salt_is_the_same_for_all_processes_and_another_on_each_day(address: str) -> None:
    one, other = Inbox(address), Inbox(address)
    salt = one.salt(DAY)
    assert other.salt(DAY) == one.salt(DAY) == salt
    assert len(salt) == 32
    later = other.salt(NEXT)
    assert later != salt
    # Who was who on the day before is not to be found out any more.
    assert one.salt(DAY) not in (salt, later)
    for inbox in (one, other):
        inbox.close()


def test_of_a_salt_that_was_thrown_away_nothing_is_left_in_the_files(address: str) -> None:
    inbox = Inbox(address)
    salt = inbox.salt(DAY)
    if address.startswith("sqlite:"):
        assert any(salt in path.read_bytes() for path in file(address).parent.iterdir())
    inbox.forget_salts(NEXT)
    # While it is in use, and not only once it is closed.
    if address.startswith("sqlite:"):
        assert not any(salt in path.read_bytes() for path in file(address).parent.iterdir())
    salt = inbox.salt(DAY)
    inbox.salt(NEXT)
    if address.startswith("sqlite:"):
        assert not any(salt in path.read_bytes() for path in file(address).parent.iterdir())
    inbox.close()


def test_one_client_has_one_number_under_one_salt_and_another_under_each_other() -> None:
    salts = [bytes([number]) * 32 for number in range(50)]
    of_one = {client_hash("192.0.2.1", salt) for salt in salts}
    assert len(of_one) == len(salts)
    assert client_hash("192.0.2.1", salts[0]) == client_hash("192.0.2.1", salts[0])
    assert client_hash("192.0.2.1", salts[0]) != client_hash("192.0.2.2", salts[0])
    assert all(-(2**63) <= number < 2**63 for number in of_one)


def test_texts_that_people_would_call_the_same_are_one() -> None:
    assert normalised("  SegFormer \n B0\t") == normalised("segformer b0") == "segformer b0"
    assert normalised("STRASSE") == normalised("straße")
    assert normalised("cafe\u0301") == normalised("CAFÉ")
    long = normalised("word " * 100)
    assert len(long) <= 200
    assert long == normalised("word " * 500)
