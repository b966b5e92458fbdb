"""Letters under the other laws that are as they should be."""

from __future__ import annotations

#: A refusal in part under the Environmental Information Regulations.
CLEAN_EIR = """\
Marshwick Borough Council
14 May 2026
Dear Requester
Environmental Information Regulations 2004 request
You asked for the following information:
1. The report on the bund at Thrupp Wharf.
2. The names of those who wrote it.
The report comes with this letter. Some of it is withheld, and this letter is a refusal under \
regulation 14 of the Regulations.
Question 1
The grid references of the nests are withheld under regulation 12(5)(g), because disclosure would \
adversely affect the protection of the environment: whoever knows them could take the eggs. The \
information is not about emissions.
We applied the presumption in favour of disclosure in regulation 12(2). The public interest in \
openness about the bund favours disclosure; that in keeping the nests safe favours the exception. \
On balance the public interest in maintaining the exception in regulation 12(5)(g) outweighs that \
in disclosure.
Question 2
The names are withheld under regulation 13(1) by virtue of regulation 13(2A)(a). To disclose them \
would contravene principle (a), Article 5(1)(a) of the UK GDPR, because there is no lawful basis \
for it in Article 6: the authors are junior and would not expect it.
Under regulation 11 of the Regulations you can ask us to reconsider, within 40 working days.
If you are still not content, you may complain to the Information Commissioner under section 50 of \
the Freedom of Information Act 2000, as regulation 18 applies it, at ico.org.uk.
Yours sincerely
Information Rights Manager
"""

#: A restriction under Part 3 of the Data Protection Act 2018.
CLEAN_SAR_LE = """\
Marshwick Constabulary
14 May 2026
Dear Requester
Your right of access under section 45 of the Data Protection Act 2018 (the Act)
You asked for a copy of your personal data that we process for law enforcement purposes. It comes \
with this letter.
Your right is restricted in part under section 45(4)(b) of the Act, because to disclose the rest \
would prejudice the detection of crime. The restriction is necessary and proportionate.
You have the right under section 51 to ask the Information Commissioner to check that the \
restriction is lawful. You may also complain to the Information Commissioner at ico.org.uk, and \
ask a court to order us to comply under section 167.
Yours sincerely
Information Rights Manager
"""
