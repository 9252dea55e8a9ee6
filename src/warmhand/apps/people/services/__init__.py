"""Writes about clients, companies, how to reach them, their wishes and whom they know."""

from .clients import add_client, change_client, hand_over_client, remove_client
from .companies import add_company, change_company, remove_company
from .contacts import add_contact_point, change_contact_point, remove_contact_point
from .key_lists import forget_list, read_list, receive_list, take_keys
from .keys import (
    add_key,
    add_keys,
    change_key,
    confirm_key,
    decline_key,
    note_named,
    remove_key,
)
from .wishes import give_consent, lift_do_not_ask, set_do_not_ask, withdraw_consent
from .writing import MailTo, asks_something, may_mail, send_link

__all__ = [
    "MailTo",
    "add_client",
    "add_company",
    "add_contact_point",
    "add_key",
    "add_keys",
    "asks_something",
    "change_client",
    "change_company",
    "change_contact_point",
    "change_key",
    "confirm_key",
    "decline_key",
    "forget_list",
    "give_consent",
    "hand_over_client",
    "lift_do_not_ask",
    "may_mail",
    "note_named",
    "read_list",
    "receive_list",
    "remove_client",
    "remove_company",
    "remove_contact_point",
    "remove_key",
    "send_link",
    "set_do_not_ask",
    "take_keys",
    "withdraw_consent",
]
