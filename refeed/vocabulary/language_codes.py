"""The codes of languages, as tags begin with them and as names of files and folders hold them."""

from typing import Final

# ISO 639-1, the first subtag of a tag where there is one of two letters (RFC 5646, 2.2.1), and languages of many people
# that have three letters only.
CODES: Final = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id
    ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu
    lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu
    rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr
    ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ast bho ckb cmn fil gsw haw hsb kab mai nan
    nds pap sah scn wuu yue
    """.split()  # noqa: SIM905  a column of quoted words would be no table
)
