"""Names of persons and parties are masked, and nothing else."""

import pytest

from eval.masked import masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Senator Ted Halloran and President Trump met.", "Senator Smith and President Smith met."),
        ("Democrats said Obama was wrong.", "party said Smith was wrong."),
        ("Mayor Dana Ruhl, a Republican, agreed.", "Mayor Smith, a party, agreed."),
        ("Sheriff Bob Oakes told Mary Jones.", "Sheriff Smith told Smith."),
        ("ICE must leave Denver, the Border Patrol said.", "ICE must leave Denver, the Border Patrol said."),
        (
            "We will trump their offer at the liberal arts college.",
            "We will trump their offer at the liberal arts college.",
        ),
    ],
)
def test_names_are_masked(text: str, expected: str) -> None:
    assert masked(text) == expected
