"""The names that Word gives to its own styles. Any other name was chosen by somebody.

Source: ECMA-376 part 1, 17.7.4.9 and Word's list of latent styles.
"""

from __future__ import annotations

import re

_COUNTED = re.compile(
    r"(?:heading|toc|index|list( bullet| number| continue)?|body text( indent| first indent)?"
    r"|table (?:classic|colorful|columns|grid|list|simple|subtle|web|3d effects)"
    r"|(?:plain|grid|list|medium|light|dark|colorful) ?(?:table|grid|list|shading)?)"
    r"(?: \d{1,2})?(?: (?:light|dark|colorful))?(?: accent \d)?(?: - accent \d| -? ?accent \d)?"
    r"|(?:medium|grid table|list table) \d(?: \w+){0,2}(?: accent \d| - accent \d)?"
    r"|(?:medium (?:shading|list|grid) \d|light (?:shading|list|grid)|dark list"
    r"|colorful (?:shading|list|grid))(?: - accent \d| accent \d)?"
    r"|(?:heading|title|subtitle|header|footer|quote|body text|comment|balloon|footnote|endnote)"
    r"[\w ]{0,24} char"
)
_NAMES = frozenset(
    """
    normal|title|subtitle|header|footer|caption|strong|emphasis|hyperlink|followed hyperlink
    followedhyperlink|page number|line number|footnote text|footnote reference|endnote text
    endnote reference|annotation text|annotation reference|annotation subject|balloon text
    comment text|comment reference|comment subject|table grid|normal table|table normal|no list
    list paragraph|no spacing|quote|intense quote|subtle emphasis|intense emphasis
    subtle reference|intense reference|book title|bibliography|toc heading|placeholder text
    default paragraph font|body text|body text indent|body text first indent|date|salutation
    signature|closing|block text|plain text|normal (web)|normal indent|table of figures
    table of authorities|toa heading|index heading|envelope address|envelope return|macro
    message header|note heading|document map|e-mail signature|html acronym|html address|html cite
    html code|html definition|html keyboard|html preformatted|html sample|html typewriter
    html variable|outline list 1|outline list 2|outline list 3|table contemporary|table elegant
    table professional|table theme|table grid light|revision|smart hyperlink|hashtag|mention
    unresolved mention|smart link|list|list bullet|list number|list continue|latent headers
    article / section|1 / a / i|1 / 1.1 / 1.1.1|html top of form|html bottom of form|default
    z-top of form|z-bottom of form|macro text
    """.replace("\n", "|").split("|")
)
_BUILT_IN = frozenset(one.strip() for one in _NAMES if one.strip())


def is_built_in(name: str) -> bool:
    """Say whether a style is one of Word's own, by its name."""
    plain = name.strip().lower()
    return not plain or plain in _BUILT_IN or _COUNTED.fullmatch(plain) is not None
