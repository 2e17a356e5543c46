"""``junit.xml``: the gates and the sets, as continuous integration reads them."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as Xml

_UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _clean(text: str) -> str:
    """Text without the characters that XML can't hold."""
    return _UNFIT.sub("\ufffd", text)


def junit(results: dict[str, Any]) -> bytes:
    """One suite for the gates, where a fallen figure is a failure, and one for the sets with their figures."""
    root = Xml.Element("testsuites", name="evaluation")
    gates = results["gates"]
    failed = sum(not gate["passed"] for gate in gates)
    suite = Xml.SubElement(
        root, "testsuite", name="gates", tests=str(len(gates)), failures=str(failed), errors="0"
    )
    for gate in gates:
        case = Xml.SubElement(suite, "testcase", classname="gates", name=_clean(f"{gate['set']}.{gate['figure']}"))
        if not gate["passed"]:
            Xml.SubElement(case, "failure", message=_clean(gate["reason"])).text = _clean(gate["reason"])
    sets = results["sets"]
    suite = Xml.SubElement(root, "testsuite", name="sets", tests=str(len(sets)), failures="0", errors="0")
    for name, block in sets.items():
        case = Xml.SubElement(suite, "testcase", classname="sets", name=_clean(name))
        lines = [f"{figure}: {value['value']:.4f}" for figure, value in block["figures"].items()]
        Xml.SubElement(case, "system-out").text = _clean("\n".join([*lines, *block["warnings"]]))
    Xml.indent(root)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
