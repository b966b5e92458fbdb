"""How well names of people are found by where the names come from.

Some 25 invented people an origin, each put into seven short neutral texts that give no title and no
heading but those shown. Every pairing of a given name with a surname was made up here; the parts
are common ones. A mention is *found as a person* if a flag of a person overlaps it, and *masked* if
every letter of it lies in flags of whatever label. The program may never be tuned to this list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.benchmarks.scoring import Piece, Ratio, overlapping, ratio

#: By origin: ``Given, Surname``. An origin that ends in ``*`` writes every other surname first.
_PEOPLE = {
    "English": (
        "Harriet, Bramley; Oliver, Standish; Joan, Thackeray; Derek, Pemberton; "
        "Imogen, Fairclough; Clive, Rowntree; Poppy, Winstanley; Nigel, Haythornthwaite; "
        "Sheila, Cartwright; Alfie, Mott; Beryl, Ogden; Rupert, Lyle; Tracy, Micklethwaite; "
        "Graham, Dodd; Amelia, Birch; Keith, Gosling; Lucy, Ashworth; Trevor, Nutt; "
        "Edith, Sowerby; Jack, Tranter; Megan, Hobday; Stan, Warburton; Florence, Pickles; "
        "Barry, Entwistle; Rosie, Lamb"
    ),
    "Welsh, Irish": (
        "Angharad, Pritchard; Gwilym, ap Rhys; Llinos, Gruffydd; Iolo, Meredith; Eluned, Bevan; "
        "Dafydd, Llywelyn; Nerys, Probert; Tudur, Wyn; Ffion, Maddock; Emrys, Cadwaladr; "
        "Heledd, Mostyn; Rhodri, Penry; Lowri, Tegid; Aoife, Ní Bhriain; Caoimhín, Ó Murchú; "
        "Sorcha, Mac Giolla; Diarmuid, O'Shaughnessy; Gráinne, Mulcahy; Fearghal, Tuohy; "
        "Niamh, Heffernan; Cormac, Delahunty; Bríd, Scanlon; Tadhg, McElligott; "
        "Róisín, Kinsella; Eoin, Ó Dálaigh; Saoirse, Brannigan"
    ),
    "Chinese *": (
        "Weiming, Chen; Xiuying, Zhang; Guoqiang, Liu; Meiling, Huang; Jianhua, Zhao; Yifan, Xu; "
        "Zihan, Ouyang; Lihua, Sun; Wei, Qian; Xiaoyan, Tang; Haoran, Deng; Yuxuan, Cao; "
        "Ka Wai, Cheung; Siu Fong, Lam; Chi Keung, Kwok; Wing Yan, Tsang; Mei Yee, Ng; "
        "Hui Min, Teo; Boon Keng, Goh; Shu-fen, Hsieh; Chih-wei, Tsai; Jun, Ma; Qing, Shi; "
        "Rui, Xie; Yan, He; Tsz Ching, Au"
    ),
    "Korean *": (
        "Ji-woo, Kim; Seo-yeon, Park; Min-jun, Choi; Hye-jin, Jung; Dong-hyun, Kang; "
        "Eun-ji, Cho; Sang-woo, Yoon; Soo-ah, Jang; Tae-yang, Lim; Yu-na, Han; Jae-hoon, Oh; "
        "Bo-ram, Seo; Kyung-soo, Shin; Mi-kyung, Kwon; Hyun-woo, Hwang; Da-eun, Ahn; "
        "Young-ho, Song; Ga-young, Ryu; Joon-ho, Baek; Na-ri, Noh; Sung-gyu, Moon; "
        "Hae-won, Yang; Chul-gu, Bae; In-sook, Nam; Sejin, Gwak"
    ),
    "Vietnamese *": (
        "Thi Hoa, Nguyen; Van Duc, Tran; Minh Chau, Le; Quoc Bao, Pham; Thanh Huyen, Hoang; "
        "Duc Anh, Vu; Thi Lan, Phan; Hoang Nam, Dang; Ngoc Mai, Bui; Van Thanh, Do; "
        "Kim Ngan, Ho; Tuan Kiet, Ngo; Thu Trang, Duong; Cong Thien, Ly; Bich Phuong, Dinh; "
        "Gia Huy, Truong; Thi Nhung, Mai; Xuan Loc, Luong; Hong Nhung, Cao; Dinh Khoi, Ta; "
        "Thuy Duong, Lam; Van Lich, Doan; Thị Hạnh, Nguyễn; Văn Tú, Trần; Khánh Linh, Đặng"
    ),
    "Gulf Arabic": (
        "Abdulaziz, Al-Mutairi; Noura, Al-Dosari; Faisal, Al-Harbi; Maha, Al-Qahtani; "
        "Khalifa, Al Mazrouei; Shamma, Al Nuaimi; Saud, Al-Otaibi; Hessa, Al-Kuwari; "
        "Rashid, Al Ketbi; Moza, Al-Mannai; Turki, Al-Shammari; Latifa, Al-Ghanim; "
        "Mubarak, Al-Ajmi; Badriya, Al-Balushi; Sultan, Al-Hinai; Reem, Bin Zayid; "
        "Majed, Al-Ansari; Ghada, Al-Subaie; Humaid, Al Shamsi; Afra, Al Falasi; "
        "Dhari, Al-Fadhli; Sheikha, Al-Thawadi; Nayef, Al-Rashidi; Muneera, Al-Zayani; "
        "Hamad, Al-Naimi"
    ),
    "Levant": (
        "Bassam, Haddad; Rima, Khoury; Ziad, Mansour; Lamia, Najjar; Fadi, Shamoun; "
        "Hanan, Barakat; Nizar, Sayegh; Samar, Darwish; Ghassan, Tuma; Dalal, Saliba; "
        "Marwan, Abu Khalil; Nadine, Karam; Yousef, Abdelhadi; Abeer, Zoubi; Issam, Halabi; "
        "Rania, Sabbagh; Tarek, Jabbour; Widad, Masri; Jihad, Hamdan; Suha, Nasrallah; "
        "Elias, Boutros; Maysoon, Tamimi; Anas, Kurdi; Hala, Atassi; Munir, Rihani"
    ),
    "West African (Yoruba, Igbo, Hausa, Akan)": (
        "Folasade, Ogunbanjo; Babatunde, Adeyinka; Titilayo, Olatunji; Kayode, Afolabi; "
        "Yetunde, Oyebanji; Olumide, Akinwale; Morenike, Fashola; Chinedu, Okafor; "
        "Ngozi, Nwachukwu; Emeka, Onyishi; Adaeze, Obiora; Obinna, Eze; Ifeoma, Uzoma; "
        "Kelechi, Anyanwu; Musa, Danjuma; Hauwa, Bello; Sani, Abubakar; Aisha, Gwarzo; "
        "Ibrahim, Shehu; Rabi, Tanko; Kwabena, Asante; Akosua, Boateng; Yaw, Owusu; "
        "Abena, Amponsah; Kofi, Ofori; Efua, Quartey; Kwaku, Darko; Esi, Mensah"
    ),
    "South Asian": (
        "Harpreet, Dhaliwal; Rajesh, Chaudhary; Sunita, Patil; Arjun, Ramaswamy; "
        "Lakshmi, Subramanian; Imran, Bhatti; Saima, Akram; Tahir, Mehmood; Rukhsana, Begum; "
        "Shahid, Miah; Nasreen, Sultana; Farhana, Chowdhury; Abdul, Quddus; Dilini, Wijeratne; "
        "Nuwan, Jayasuriya; Priya, Nair; Gurdeep, Sandhar; Manpreet, Kaur Sahota; "
        "Vikram, Deshpande; Anjali, Bhattacharya; Zainab, Qureshi; Hamza, Yousafzai; "
        "Bimal, Gurung; Sarita, Thapa; Kiran, Solanki; Meera, Iyer"
    ),
    "Polish, Romanian": (
        "Agnieszka, Wiśniewska; Krzysztof, Dąbrowski; Małgorzata, Zielińska; Łukasz, Szymański; "
        "Katarzyna, Woźniak; Grzegorz, Jabłoński; Beata, Krawczyk; Zbigniew, Pawlak; "
        "Ewelina, Sikora; Tomasz, Gołąb; Danuta, Mazurek; Radosław, Przybylski; Jolanta, Chmiel; "
        "Andreea, Munteanu; Bogdan, Ciobanu; Mihaela, Rusu; Cătălin, Ungureanu; Ioana, Lupu; "
        "Răzvan, Dobre; Doina, Șerban; Vasile, Moldovan; Raluca, Enache; Florin, Păun; "
        "Lăcrămioara, Neagu; Costel, Tudose; Gheorghe, Bălan"
    ),
    "Turkish, Iranian": (
        "Mehmet, Yıldırım; Ayşegül, Demirtaş; Serkan, Özkan; Gülşen, Aydoğan; Emre, Kılıç; "
        "Elif, Çetin; Burak, Şahin; Nurcan, Erdoğdu; Oğuz, Polat; Zeynep, Korkmaz; Hakan, Tekin; "
        "Fatma, Uçar; Cem, Bozkurt; Farhad, Rostami; Shirin, Karimi; Behrouz, Ahmadi; "
        "Nasrin, Jafari; Kaveh, Moradi; Parisa, Ghorbani; Dariush, Tehrani; Mahsa, Shirazi; "
        "Siavash, Bagheri; Leila, Mousavi; Arash, Zandi; Golnaz, Farahani; Hooman, Sadeghi"
    ),
}


@dataclass(frozen=True, slots=True)
class Person:
    """An invented name, as written in full."""

    given: str
    surname: str
    full: str


#: ``{f}`` full name, ``{s}`` surname alone, ``{S}`` in capitals, ``{g}`` given name alone.
CARRIERS = {
    "in a sentence": "The letter was copied to <f> and to the finance team on the same day.",
    "opens a sentence": "<f> arrived first and waited in the corridor until the room was free.",
    "surname alone later": (
        "The form was handed in by <f> at the front desk.\n"
        "Nobody answered it for a month. In the end <s> rang again and asked for a reply."
    ),
    "SURNAME Given": "Present for the whole of the visit: <S> <g>; the caretaker joined later.",
    "cell under a heading": "Ref | Name | Area\n1041 | <f> | North\n1042 | not known | South",
    "row of a CSV": "ref,surname,forename,area\n1041,<s>,<g>,North\n1042,,,South",
    "speaks in a chat": "09:14 <f>: I can do the late shift\n09:15 system: message seen by two",
}


def people() -> Iterator[tuple[str, Person]]:
    """Give every invented person with the origin of the name."""
    for origin, listed in _PEOPLE.items():
        for number, one in enumerate(listed.split(";")):
            given, surname = (part.strip() for part in one.split(", ", 1))
            first = origin.endswith("*") and number % 2 == 0
            full = f"{surname} {given}" if first else f"{given} {surname}"
            yield origin.rstrip(" *"), Person(given, surname, full)


def carried(person: Person, carrier: str) -> tuple[str, list[Piece]]:
    """Put a person into a text; gives it with where the name stands."""
    parts = {"f": person.full, "s": person.surname, "S": person.surname.upper(), "g": person.given}
    text, marks = "", []
    for piece in carrier.replace(">", "<").split("<"):
        if piece in parts:
            marks.append(Piece(len(text), len(text) + len(parts[piece]), "PERSON"))
        text += parts.get(piece, piece)
    return text, marks


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of the names of one origin, or in one layout."""

    person: Ratio
    masked: Ratio


def measure(find: Callable[[str], Iterable[Piece]]) -> dict[str, dict[str, Found]]:
    """Run a detector over every name in every text; gives the recall by origin and by layout."""
    counted: dict[str, dict[str, list[tuple[int, int, int]]]] = {"origin": {}, "layout": {}}
    for origin, person in people():
        for layout, carrier in CARRIERS.items():
            text, marks = carried(person, carrier)
            row = _count(text, marks, list(find(text)))
            for kind, name in (("origin", origin), ("layout", layout), ("origin", "all")):
                counted[kind].setdefault(name, []).append(row)
    return {
        kind: {name: _found(rows) for name, rows in by_name.items()}
        for kind, by_name in counted.items()
    }


def _count(text: str, marks: Sequence[Piece], flags: Sequence[Piece]) -> tuple[int, int, int]:
    covered = {at for one in flags for at in range(one.start, one.end)}
    named = [one for one in flags if one.label in ("PERSON", "PUBLIC_PERSON")]
    found = sum(bool(overlapping(mark, named)) for mark in marks)
    masked = sum(
        all(at in covered for at in range(mark.start, mark.end) if text[at].isalpha())
        for mark in marks
    )
    return found, masked, len(marks)


def _found(rows: Sequence[tuple[int, int, int]]) -> Found:
    return Found(
        ratio([(found, total) for found, _, total in rows]),
        ratio([(masked, total) for _, masked, total in rows]),
    )
