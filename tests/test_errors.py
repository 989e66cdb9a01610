"""Tests of the texts that all errors share."""

from __future__ import annotations

import pytest

from clova_flask.errors import nearest

TYPES = ("AIRCONDITIONER", "AIRPURIFIER", "AIRSENSOR", "LIGHT", "SMARTTV", "ROBOTVACUUM")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("LIGTH", " Did you mean 'LIGHT'?"),
        ("light", " Did you mean 'LIGHT'?"),
        ("Robot_Vacuum", " Did you mean 'ROBOTVACUUM'?"),
        ("TV", " Did you mean 'SMARTTV'?"),
        ("LED_LIGHT_STRIP", " Did you mean 'LIGHT'?"),
        ("AIR", " Did you mean 'AIRCONDITIONER', 'AIRPURIFIER' or 'AIRSENSOR'?"),
        ("LAMP", ""),
        ("거실등", ""),
        ("RT", ""),
        ("I", ""),
        ("", ""),
        (None, ""),
        ("SWITCH", ""),
    ],
)
def test_the_nearest_name_is_spelt_alike_or_contains_the_other(name, hint):
    assert nearest(name, TYPES) == hint


def test_where_nothing_is_near_the_list_is_there_when_it_is_asked_for():
    assert nearest("LAMP", TYPES[3:5], or_list=True) == " Use one of: LIGHT, SMARTTV."
    assert nearest("TV", TYPES, or_list=True) == " Did you mean 'SMARTTV'?"
    assert nearest(3, TYPES[3:5], or_list=True) == " Use one of: LIGHT, SMARTTV."
    assert nearest("LAMP", (), or_list=True) == ""


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Clova.Dance", ""),
        ("Clova.YesIntnet", " Did you mean 'Clova.YesIntent'?"),
        ("AudioPlayer.Rewind", ""),
        ("AudioPlayer.Pley", " Did you mean 'AudioPlayer.Play'?"),
        ("AudioPlaye.Play", " Did you mean 'AudioPlayer.Play'?"),
        ("YesIntent", " Did you mean 'Clova.YesIntent'?"),
    ],
)
def test_a_namespace_makes_no_name_nearer_than_another(name, hint):
    assert nearest(name, ("Clova.CancelIntent", "Clova.YesIntent", "AudioPlayer.Play")) == hint


def test_what_is_near_too_many_names_lists_them_all():
    names = ("GetHumidity", "GetTargetHumidity", "SetHumidity", "IncrementHumidity", "TurnOn")
    assert nearest("midi", names, or_list=True) == f" Use one of: {', '.join(names)}."
