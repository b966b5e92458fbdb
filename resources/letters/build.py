"""Make the letter templates that come with the program: run ``python resources/letters/build.py``.

They are Word files with placeholders (docxtpl), which an authority copies into its own folder and
changes in Word. What they may ask for is in ``docs/letters.md``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

_HERE = Path(__file__).parent
_ICO = (
    "Information Commissioner’s Office, Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF. "
    "Telephone 0303 123 1113. Website: ico.org.uk/make-a-complaint"
)
#: What is said where the reasons themselves would tell what is withheld.
_UNTOLD = "We do not give our reasons, because they would themselves tell what is withheld."


class _Letter:
    """A template in the making: headings, paragraphs, and lines that only steer."""

    def __init__(self) -> None:
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(11)
        normal.paragraph_format.space_after = Pt(8)
        normal.paragraph_format.line_spacing = 1.1
        for level, size in ((1, 14), (2, 12), (3, 11)):
            style = self.document.styles[f"Heading {level}"]
            style.font.name, style.font.size = "Arial", Pt(size)
            _forget_theme(style)
            style.font.bold = True
            style.font.color.rgb = None
            style.paragraph_format.space_before = Pt(14 if level < 3 else 8)
            style.paragraph_format.space_after = Pt(4)
            style.paragraph_format.keep_with_next = True

        close = self.document.styles["No Spacing"]
        close.font.name, close.font.size = "Arial", Pt(11)
        _forget_theme(close)

    def head(self, text: str, level: int = 2) -> None:
        self.document.add_heading(text, level)

    def say(self, text: str, style: str = "Normal") -> None:
        self.document.add_paragraph(text, style)

    def right(self, text: str) -> None:
        self.document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def steer(self, *texts: str) -> None:
        for text in texts:
            self.document.add_paragraph(f"{{%p {text} %}}")

    def save(self, name: str) -> None:
        self.document.core_properties.author = ""
        self.document.core_properties.title = "Response"
        self.document.save(str(_HERE / name))


def _forget_theme(style: Any) -> None:
    """Let the font that was named count, and not the one of the theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _opening(letter: _Letter, title: str, thanks: str) -> None:
    letter.steer("if is_draft")
    letter.say("DRAFT: the case has not been approved. Do not send.", "Heading 2")
    letter.steer("endif")
    letter.steer("for line in [requester.name] + requester.lines", "if line")
    letter.say("{{ line }}", "No Spacing")
    letter.steer("endif", "endfor")
    letter.right("{{ date }}")
    letter.right("Our reference: {{ ref }}")
    letter.say("Dear {{ requester.greeting or 'Sir or Madam' }}")
    letter.head(title, 1)
    letter.say(thanks)
    letter.steer("if questions")
    letter.say("You asked:")
    letter.steer("for one in questions")
    letter.say("{{ one.number }}. {{ one.asked }}")
    letter.steer("endfor", "endif")


def _answers(letter: _Letter, not_held: str, neither: str, another_form: str) -> None:
    letter.head("Our response")
    letter.steer("if extended_to")
    letter.say("We took more time, until {{ extended_to }}, to decide. {{ extension_reason }}")
    letter.steer("endif", "for one in questions")
    letter.head("Question {{ one.number }}", 3)
    letter.steer("if one.stance == 'held' and (one.answer or one.files)")
    letter.say("We hold this information.")
    letter.steer("endif", "for said in one.answer")
    letter.say("{{ said }}")
    letter.steer("endfor", "if one.stance == 'held' and one.files", "for file in one.files")
    letter.say(
        "{% if file.whole %}{{ file.name | capitalize }} is withheld in full under "
        "{{ file.limbs | join(' and ') }}, as explained below.{% else %}"
        "{% if loop.first %}It{% else %}More of it{% endif %} is in "
        "“{{ file.name }}”, which {% if file.many %}come{% else %}comes{% endif %} with this letter"
        "{% if file.limbs %}. Some of it is withheld under {{ file.limbs | join(' and ') }}, as "
        "explained below{% endif %}.{% endif %}"
    )
    letter.steer("endfor", "elif one.stance == 'held' and one.limb")
    letter.say(
        "We hold this information, and withhold all of it under {{ one.limb }}, as explained below."
    )
    letter.steer("elif one.stance == 'held' and not one.answer")
    letter.say("DRAFT: no answer to this question is recorded in the case. Do not send.")
    letter.steer("elif one.stance == 'not-held'")
    letter.say(not_held)
    letter.steer("elif one.stance == 'neither'")
    letter.say(neither)
    letter.steer("elif one.stance == 'cost'")
    letter.say(
        "We estimate that answering this would exceed the appropriate limit, and rely on "
        "section 12(1) of the Act, under which we need not answer it. The limit is set by the "
        "Freedom of Information and Data Protection (Appropriate Limit and Fees) Regulations 2004."
    )
    letter.steer("elif one.stance == 'vexatious'")
    letter.say("We rely on section 14 of the Act, under which we need not answer this.")
    letter.steer("endif", "endfor")
    letter.steer("if not questions and is_neither")
    letter.say(neither.replace("one.limb", "limb"))
    letter.steer("endif", "if disclosed")
    letter.head("What comes with this letter", 3)
    letter.steer("for file in disclosed")
    letter.say(
        "“{{ file.name }}”{% if file.redactions == 1 %}, in which 1 place is redacted"
        "{% elif file.redactions %}, in which {{ file.redactions }} places are redacted{% endif %}",
        "List Bullet",
    )
    letter.steer("endfor")
    letter.say(
        "“schedule.pdf”, which lists each redaction and the provision relied on", "List Bullet"
    )
    letter.steer("endif", "if withheld")
    letter.head("What is withheld in full", 3)
    letter.steer("for file in withheld")
    letter.say("{{ file.name | capitalize }}, under {{ file.limb }}", "List Bullet")
    letter.steer("endfor", "endif", "if format_reason")
    letter.say(
        "{% if format_asked %}You asked for the information as {{ format_asked }}. {% endif %}"
        f"{another_form} {{{{ format_reason }}}}"
    )
    letter.steer("endif", "for said in notices")
    letter.say("{{ said }}")
    letter.steer("endfor")


def _grounds(
    letter: _Letter, heading: str, opening: str, kind: str, interest: str, untold: str = _UNTOLD
) -> None:
    letter.steer("if refuses")
    letter.head(heading)
    letter.say(opening)
    letter.steer("for ground in grounds")
    letter.head("{{ ground.citation[0] | upper }}{{ ground.citation[1:] }}", 3)
    letter.say(
        "{{ ground.title }}.{% if ground.standing %} This is "
        "{{ 'an absolute' if ground.standing == 'absolute' else 'a qualified' }} "
        + kind
        + ".{% endif %}{% if ground.questions %} We rely on it in answer to question"
        "{{ 's' if ground.questions | length > 1 }} {{ ground.questions | join(', ') }}.{% endif %}"
    )
    letter.steer("if ground.why")
    letter.say("{{ ground.why }}")
    letter.steer("endif", "if ground.reasons | length == 1")
    letter.say("{{ ground.reasons[0] }}")
    letter.steer("elif ground.reasons")
    letter.say("Our reasons are:")
    letter.steer("for reason in ground.reasons")
    letter.say("{{ reason }}", "List Bullet")
    letter.steer("endfor", "endif", "if ground.is_untold")
    letter.say(untold)
    letter.steer("endif", "if ground.is_qualified and ground.interest")
    letter.say(interest)
    letter.steer("for said in ground.interest")
    letter.say("{{ said }}", "List Bullet")
    letter.steer("endfor", "endif", "endfor", "endif")


def _advice(letter: _Letter, source: str) -> None:
    letter.steer("if advice")
    letter.head("Advice and assistance")
    letter.say("{{ advice }}" + source)
    letter.steer("endif")


def _end(letter: _Letter) -> None:
    letter.say("Yours sincerely")
    letter.say("Information Disclosure Team")


def foi() -> None:
    """Make the letter of the Freedom of Information Act."""
    letter = _Letter()
    _opening(
        letter,
        "Freedom of Information Act 2000: request {{ ref }}",
        "Thank you for your request for information{% if received %}, which we received on "
        "{{ received }}{% endif %}. We have dealt with it under the Freedom of Information Act "
        "2000 (the Act).",
    )
    _answers(
        letter,
        "We have searched for this information and do not hold it.",
        "Under {{ one.limb }} of the Act we neither confirm nor deny that we hold this "
        "information. This should not be taken to mean that we do, or do not.",
        "We give it in another form, which is reasonable in the circumstances (section 11 of the "
        "Act).",
    )
    _grounds(
        letter,
        "Refusal notice",
        "This part of our letter is a refusal notice under section 17 of the Act. It says which "
        "exemptions apply to the information that we do not give, and why.",
        "exemption",
        "We weighed the public interest in maintaining the exemption against that in "
        "{{ 'confirming or denying' if ground.is_neither else 'disclosure' }}:",
        "Under section 17(4) of the Act we do not give our reasons, because to do so would itself "
        "disclose information that is exempt.",
    )
    _advice(letter, " We say so under section 16 of the Act.")
    letter.head("If you are not content with this response")
    letter.say(
        "You can ask us for an internal review within 40 working days of the date of this letter. "
        "Please write to the address from which it came, and quote the reference. We aim to answer "
        "within 20 working days."
    )
    letter.say(
        "If you are still not content, you have the right under section 50 of the Act to ask the "
        "Information Commissioner for a decision. " + _ICO + "."
    )
    _end(letter)
    letter.save("foi.docx")


def eir() -> None:
    """Make the letter of the Environmental Information Regulations."""
    letter = _Letter()
    _opening(
        letter,
        "Environmental Information Regulations 2004: request {{ ref }}",
        "Thank you for your request for environmental information{% if received %}, which we "
        "received on {{ received }}{% endif %}. We have dealt with it under the Environmental "
        "Information Regulations 2004 (the Regulations).",
    )
    _answers(
        letter,
        "We did not hold this information when your request was received (regulation 12(4)(a)).",
        "Under {{ one.limb }} of the Regulations we neither confirm nor deny that this information "
        "exists and is held. This should not be taken to mean that it is, or is not.",
        "It is reasonable to give it in another form (regulation 6(1)(a)).",
    )
    _grounds(
        letter,
        "Refusal of part of your request",
        "This part of our letter is a refusal under regulation 14 of the Regulations. It says "
        "which exceptions apply to the information that we do not give, and what we considered.",
        "exception",
        "We applied the presumption in favour of disclosure in regulation 12(2), and weighed the "
        "public interest in maintaining the exception against that in "
        "{{ 'confirming or denying' if ground.is_neither else 'disclosure' }}:",
    )
    _advice(letter, " We say so under regulation 9 of the Regulations.")
    letter.head("If you are not content with this response")
    letter.say(
        "Under regulation 11 of the Regulations you can ask us to reconsider, in writing, within "
        "40 working days of the date of this letter. We will answer within 40 working days."
    )
    letter.say(
        "If you are still not content, you have the right under section 50 of the Freedom of "
        "Information Act 2000, as regulation 18 applies it, to ask the Information Commissioner "
        "for a decision. " + _ICO + "."
    )
    _end(letter)
    letter.save("eir.docx")


def _access(name: str, title: str, thanks: str, law: str, rights: str) -> None:
    letter = _Letter()
    _opening(letter, title, thanks)
    _answers(
        letter,
        "We have searched for this and hold no such personal data about you.",
        "Under {{ one.limb }} we neither confirm nor deny that we process such data about you.",
        "We give it in another form.",
    )
    _grounds(
        letter,
        "What we have not given you",
        law,
        "restriction",
        "We considered:",
    )
    _advice(letter, "")
    letter.head("Your rights")
    letter.say(rights)
    letter.say(
        "If you are not content with how we dealt with your request, please write to us first: you "
        "can complain to us, and we will answer without undue delay. You also have the right to "
        "complain to the Information Commissioner, and to ask a court to order us to comply. "
        + _ICO
        + "."
    )
    _end(letter)
    letter.save(name)


def sar() -> None:
    """Make the letter of access under the UK GDPR."""
    _access(
        "sar.docx",
        "Your right of access: request {{ ref }}",
        "Thank you for your request for the personal data that we hold about you{% if received %}, "
        "which we received on {{ received }}{% endif %}. We have dealt with it under Article 15 of "
        "the UK GDPR.",
        "Some information is withheld, because it is not your personal data, or because a "
        "provision of the Data Protection Act 2018 restricts the right of access. The law lets "
        "us say so in these terms:",
        "You have the right to ask us to correct or erase your data, or to restrict what we do "
        "with it, and the right to object. Our privacy notice says why we use personal data, "
        "where it comes from, to whom it goes and how long it is kept.",
    )


def sar_le() -> None:
    """Make the letter of access under Part 3 of the Data Protection Act 2018."""
    _access(
        "sar-le.docx",
        "Your right of access, law enforcement processing: request {{ ref }}",
        "Thank you for your request for the personal data that we process about you for law "
        "enforcement purposes{% if received %}, which we received on {{ received }}{% endif %}. We "
        "have dealt with it under section 45 of the Data Protection Act 2018 (the Act).",
        "Your right is restricted in part under section 45(4) of the Act. The restriction and the "
        "reasons for it are:",
        "You have the right under sections 46 and 47 of the Act to ask us to rectify or erase your "
        "data, or to restrict what we do with it, and under section 51 to ask the Information "
        "Commissioner to check that a restriction is lawful.",
    )


if __name__ == "__main__":
    for make in (foi, eir, sar, sar_le):
        make()
