"""Letters for tests: two that are as they should be, and one with the slips of a real letter."""

from __future__ import annotations

from redactor.law.letters import CaseFacts, Issue, Kind, Letter, issues_of, passages_of

#: A response under the Freedom of Information Act, with an absolute and a qualified exemption.
CLEAN_FOI = """\
Marshwick Constabulary
14 May 2026
Our reference: MC/2026/0412
Dear Requester
Freedom of Information Act 2000 request
Your request was received on 20 April 2026. You asked for the following information:
1. How many complaints about officers were recorded in 2025?
2. What were they about?
a) The allegation type
b) The summary of each allegation
3. A copy of the vetting procedure.
I can confirm that Marshwick Constabulary holds the information you asked for. Some of it is \
withheld, and this letter is a refusal notice under section 17(1) of the Freedom of Information \
Act 2000 (the Act). The following exemptions apply:
Section 40(2) by virtue of section 40(3A)(a) – personal information
Section 31(1)(a) – law enforcement
Question 1 and question 2(a)
The figures are in the attached spreadsheet 'MC-2026-0412 complaints.csv'. Of the 24 complaints, \
10 were upheld and the remaining 14 were not.
Upheld: 10
Not upheld: 14
Total: 24
Question 2(b)
The summaries are withheld under section 40(2) by virtue of section 40(3A)(a). They relate to \
living officers, whom colleagues would identify from what happened and where.
The allegations of crime are criminal offence data (Article 10 of the UK GDPR and section 11(2) \
of the Data Protection Act 2018). No condition in Schedule 1 to that Act is met, because the \
officers have not consented and have not made them public.
For the other summaries I made a legitimate interests assessment under Article 6(1)(f) of the UK \
GDPR. The legitimate interest is in how complaints are handled. Disclosure of each summary is \
not necessary for it, since the figures show this. On balance, the officers' reasonable \
expectations override the interest in the remaining detail. Disclosure would therefore be unfair \
and contravene principle (a), Article 5(1)(a) of the UK GDPR. Section 40(2) is an absolute \
exemption here, so no public interest test is required.
Question 3
Parts of the procedure are withheld under section 31(1)(a), which is a qualified exemption. \
Disclosing the checks would be likely to prejudice the prevention of crime, because an applicant \
could prepare for them.
The public interest in openness about vetting favours disclosure. The public interest in checks \
that work favours withholding. The public interest in maintaining the exemption in section \
31(1)(a) outweighs that in disclosure.
If you are not content with this response you may ask for an internal review within 40 working \
days, by writing to foi@marshwick.example.org.
If you remain dissatisfied you may complain to the Information Commissioner under section 50 of \
the Act, at ico.org.uk/foicomplaints or Wycliffe House, Water Lane, Wilmslow SK9 5AF.
Yours sincerely
Information Rights Manager
"""

#: A response to a subject access request, under the UK GDPR.
CLEAN_SAR = """\
Marshwick Constabulary
14 May 2026
Dear Requester
Your right of access under Article 15 of the UK GDPR
You asked for a copy of your personal data. It is in the attached file 'MC-2026-0977 records.pdf'.
Some information about other people is redacted under paragraph 16 of Schedule 2 to the Data \
Protection Act 2018. They have not consented, and it would not be reasonable to disclose it \
without their consent, because they spoke in confidence about their health.
We process your data to handle your complaint (Article 6(1)(e)), and keep it for seven years. \
You may ask for it to be corrected or erased, or for its use to be restricted, and you may \
object to it.
If you think that we got this wrong, please write to our Data Protection Officer.
You may also complain to the Information Commissioner at ico.org.uk/make-a-complaint, and you \
may apply to a court.
Yours sincerely
Information Rights Manager
"""

#: What a published response got wrong, said anew of an invented force.
SLIPS = """\
Freedom of Information Act request reference 07.FOI.24.000417
I note you seek access to the following information:
1. How many complaints of sexual misconduct were made?
c) Those made by a member of the public.
2. Please give figures for each year.
b) What each complaint was about, with its context
d) The outcome of each
I have today decided to disclose some of what you asked for. The rest is exempt from disclosure, \
and this is a Refusal Notice under Section 17 of the Freedom of Information Act 2000 by virtue \
of the following exemptions:
Section 40(2) & (3a)(a) - Personal Information
With regards to Q2b -
Disclosure of this material would be sensitive within the force and there is a strong chance \
that somebody could be identified.
Whoever reads it would learn of a person, which breaches the right to privacy that the Data \
Protection Act 1998 gives.
Our searches found low numbers. A year by year breakdown will not be provided as it would be \
likely to identify officers.
Disclosure of this material would be sensitive within the force and there is a strong chance \
that somebody could be identified, by what colleagues know already.
The request constitutes criminal offence data and special category data.
What you ask for includes 'special category data' (as defined in Article 9(1) of the General \
Data Protection Regulation (GDPR) and may constitute personal data concerning sex life.
The information you request is classed as sensitive personal data.
Disclosure would contravene the first data protection principle, in Article 5(1)(a) of the GDPR.
Disclosure
Please see attached spreadsheet titled 'Final - FOIA response 07-FOI-24-000417' for: Q1c, Q2d
(Grand totals has been provided in tables 2 and 3).
"""


def letter(text: str, **more: object) -> Letter:
    """Make a letter of a text, a paragraph a line."""
    lines = ((f"line:{number}", line) for number, line in enumerate(text.splitlines(), 1))
    return Letter(passages_of(lines), **more)  # type: ignore[arg-type]


def issues(text: str, facts: CaseFacts | None = None) -> tuple[Issue, ...]:
    """Check a text."""
    return issues_of(letter(text), facts)


def kinds(text: str, facts: CaseFacts | None = None) -> list[str]:
    """Give the kinds of slip in a text, each once."""
    return list(dict.fromkeys(str(one.kind) for one in issues(text, facts)))


def said(text: str, kind: Kind, facts: CaseFacts | None = None) -> list[str]:
    """Give what is said of one kind of slip in a text."""
    return [one.message for one in issues(text, facts) if one.kind is kind]
