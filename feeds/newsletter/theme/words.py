"""The theme's own words, dates and numbers in the language of a post (the Babel wall).

Where we do not speak a language the words are English, and templates are told so, for the `lang` attribute.
`[newsletter.words]` wins over all of them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from feeds import languages
from feeds.errors import ConfigError
from feeds.setting_rules import closest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_WORDS_A_MINUTE, _IDEOGRAPHS_A_MINUTE, _LETTERS_A_MINUTE = 220, 500, 1000
_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff]")  # Thai, Lao, Tibetan, Burmese, Khmer
_ZEROS = {"arab": "٠", "arabext": "۰", "beng": "০", "deva": "०", "mymr": "၀"}
_WRITTEN = "0123456789"


class _Said(NamedTuple):
    """What one language says. `digest` is by plural category (CLDR), and the last is for all others."""

    view: str
    read: str
    more: str
    unsubscribe: str
    reason: str
    minutes: str
    listen: str
    watch: str
    download: str
    image: str
    deleted: str
    digest: Mapping[str, str]


KNOWN = _Said._fields[:-1]
"""The keys of `[newsletter.words]`. `reason` has `{newsletter}`, and `minutes` has `{n}`."""

_ENGLISH = _Said(
    "View in browser", "Read on the web", "Continue reading", "Unsubscribe",
    "You get this mail because you subscribed to {newsletter}.", "{n} min read",
    "Listen to the recording", "Watch the video", "Download the file that comes with it", "image", "deleted",
    {"one": "{title}, and one more post", "other": "{title}, and {n} more posts"},
)  # fmt: skip
_SAID: Mapping[str, _Said] = {
    "en": _ENGLISH,
    "ar": _Said(
        "العرض في المتصفح", "القراءة على الويب", "متابعة القراءة", "إلغاء الاشتراك",
        "تصلك هذه الرسالة لأنك مشترك في {newsletter}.", "مدة القراءة: {n} د",
        "الاستماع إلى التسجيل", "مشاهدة الفيديو", "تنزيل الملف المرفق",
        "صورة", "محذوف",
        {
            "one": "{title} ومقال آخر", "two": "{title} ومقالان آخران", "few": "{title} و{n} مقالات أخرى",
            "many": "{title} و{n} مقالًا آخر", "other": "{title} و{n} مقال آخر",
        },
    ),
    "cs": _Said(
        "Zobrazit v prohlížeči", "Číst na webu", "Pokračovat ve čtení", "Odhlásit odběr",
        "Tento e-mail dostáváte, protože odebíráte {newsletter}.", "{n} min čtení",
        "Poslechnout nahrávku", "Přehrát video", "Stáhnout přiložený soubor",
        "obrázek", "smazáno",
        {
            "one": "{title} a jeden další článek", "few": "{title} a {n} další články",
            "other": "{title} a {n} dalších článků",
        },
    ),
    "da": _Said(
        "Vis i browser", "Læs på nettet", "Læs videre", "Afmeld",
        "Du får denne mail, fordi du abonnerer på {newsletter}.", "{n} min. læsning",
        "Lyt til optagelsen", "Se videoen", "Hent den vedlagte fil", "billede", "slettet",
        {"one": "{title} og et indlæg til", "other": "{title} og {n} indlæg til"},
    ),
    "de": _Said(
        "Im Browser ansehen", "Im Web lesen", "Weiterlesen", "Abbestellen",
        "Sie erhalten diese E-Mail, weil Sie {newsletter} abonniert haben.", "{n} Min. Lesezeit",
        "Die Aufnahme anhören", "Das Video ansehen", "Die zugehörige Datei herunterladen",
        "Bild", "gestrichen",
        {"one": "{title} und ein weiterer Beitrag", "other": "{title} und {n} weitere Beiträge"},
    ),
    "es": _Said(
        "Ver en el navegador", "Leer en la web", "Seguir leyendo", "Darse de baja",
        "Recibe este correo porque se suscribió a {newsletter}.", "{n} min de lectura",
        "Escuchar la grabación", "Ver el vídeo", "Descargar el archivo adjunto",
        "imagen", "tachado",
        {"one": "{title} y una entrada más", "other": "{title} y {n} entradas más"},
    ),
    "fa": _Said(
        "نمایش در مرورگر", "خواندن در وب", "ادامهٔ مطلب", "لغو اشتراک",
        "این نامه را دریافت می‌کنید چون مشترک {newsletter} هستید.", "{n} دقیقه مطالعه",
        "شنیدن صدا", "تماشای ویدئو", "دریافت پروندهٔ همراه", "تصویر", "حذف‌شده",
        {"other": "{title} و {n} نوشتهٔ دیگر"},
    ),
    "fi": _Said(
        "Avaa selaimessa", "Lue verkossa", "Jatka lukemista", "Peru tilaus",
        "Saat tämän viestin, koska olet tilannut uutiskirjeen {newsletter}.", "{n} min lukuaika",
        "Kuuntele tallenne", "Katso video", "Lataa mukana tuleva tiedosto",
        "kuva", "poistettu",
        {"one": "{title} ja yksi muu kirjoitus", "other": "{title} ja {n} muuta kirjoitusta"},
    ),
    "fr": _Said(
        "Voir dans le navigateur", "Lire sur le web", "Lire la suite", "Se désabonner",
        "Vous recevez ce message parce que vous êtes abonné à {newsletter}.", "{n} min de lecture",
        "Écouter l’enregistrement", "Regarder la vidéo", "Télécharger le fichier joint",
        "image", "supprimé",
        {"one": "{title} et un autre article", "other": "{title} et {n} autres articles"},
    ),
    "he": _Said(
        "צפייה בדפדפן", "קריאה באתר", "להמשך קריאה", "ביטול הרשמה",
        "קיבלת הודעה זו כי נרשמת אל {newsletter}.", "זמן קריאה: {n} דק׳",
        "להאזנה להקלטה", "לצפייה בסרטון", "להורדת הקובץ המצורף", "תמונה", "נמחק",
        {
            "one": "{title} ועוד רשומה אחת", "two": "{title} ועוד שתי רשומות",
            "other": "{title} ועוד {n} רשומות",
        },
    ),
    "it": _Said(
        "Apri nel browser", "Leggi sul web", "Continua a leggere", "Annulla l’iscrizione",
        "Ricevi questa e-mail perché segui {newsletter}.", "{n} min di lettura",
        "Ascolta la registrazione", "Guarda il video", "Scarica il file allegato",
        "immagine", "cancellato",
        {"one": "{title} e un altro articolo", "other": "{title} e altri {n} articoli"},
    ),
    "ja": _Said(
        "ブラウザで見る", "ウェブで読む", "続きを読む", "配信停止",
        "このメールは「{newsletter}」を購読している方にお送りしています。", "読了時間 {n}分",
        "録音を聴く", "動画を見る", "添付のファイルをダウンロード", "画像", "削除",
        {"other": "{title}、ほか{n}件"},
    ),
    "ko": _Said(
        "브라우저에서 보기", "웹에서 읽기", "계속 읽기", "구독 취소",
        "{newsletter} 구독자에게 보내 드리는 메일입니다.", "읽는 시간 {n}분",
        "녹음 듣기", "동영상 보기", "첨부 파일 내려받기", "그림", "삭제됨",
        {"other": "{title} 외 {n}편"},
    ),
    "nb": _Said(
        "Vis i nettleser", "Les på nettet", "Les videre", "Meld deg av",
        "Du får denne e-posten fordi du abonnerer på {newsletter}.", "{n} min lesetid",
        "Hør opptaket", "Se videoen", "Last ned den vedlagte filen", "bilde", "slettet",
        {"one": "{title} og ett innlegg til", "other": "{title} og {n} innlegg til"},
    ),
    "nl": _Said(
        "Bekijk in browser", "Lees op het web", "Lees verder", "Afmelden",
        "Je krijgt deze mail omdat je bent geabonneerd op {newsletter}.", "{n} min. lezen",
        "Luister naar de opname", "Bekijk de video", "Download het bijbehorende bestand",
        "afbeelding", "geschrapt",
        {"one": "{title} en nog een bericht", "other": "{title} en nog {n} berichten"},
    ),
    "pl": _Said(
        "Otwórz w przeglądarce", "Czytaj w sieci", "Czytaj dalej", "Wypisz się",
        "Otrzymujesz tę wiadomość, ponieważ subskrybujesz {newsletter}.", "{n} min czytania",
        "Posłuchaj nagrania", "Obejrzyj film", "Pobierz dołączony plik",
        "obraz", "usunięto",
        {
            "one": "{title} i jeszcze jeden wpis", "few": "{title} i jeszcze {n} wpisy",
            "other": "{title} i jeszcze {n} wpisów",
        },
    ),
    "pt": _Said(
        "Ver no navegador", "Ler na web", "Continuar a ler", "Cancelar a subscrição",
        "Recebe esta mensagem porque subscreveu {newsletter}.", "{n} min de leitura",
        "Ouvir a gravação", "Ver o vídeo", "Transferir o ficheiro anexo",
        "imagem", "riscado",
        {"one": "{title} e mais um artigo", "other": "{title} e mais {n} artigos"},
    ),
    "pt-br": _Said(
        "Ver no navegador", "Ler na web", "Continuar lendo", "Cancelar inscrição",
        "Você recebe este e-mail porque assinou {newsletter}.", "{n} min de leitura",
        "Ouvir a gravação", "Assistir ao vídeo", "Baixar o arquivo anexo",
        "imagem", "riscado",
        {"one": "{title} e mais um artigo", "other": "{title} e mais {n} artigos"},
    ),
    "ru": _Said(
        "Открыть в браузере", "Читать на сайте", "Читать дальше", "Отписаться",
        "Вы получили это письмо, потому что подписаны на {newsletter}.", "{n} мин чтения",
        "Слушать запись", "Смотреть видео", "Скачать приложенный файл",
        "изображение", "зачёркнуто",
        {
            "one": "{title} и ещё {n} запись", "few": "{title} и ещё {n} записи",
            "other": "{title} и ещё {n} записей",
        },
    ),
    "sv": _Said(
        "Visa i webbläsaren", "Läs på webben", "Läs vidare", "Avsluta prenumerationen",
        "Du får detta brev för att du prenumererar på {newsletter}.", "{n} min läsning",
        "Lyssna på inspelningen", "Se filmen", "Hämta den bifogade filen",
        "bild", "struket",
        {"one": "{title} och ett inlägg till", "other": "{title} och {n} inlägg till"},
    ),
    "tr": _Said(
        "Tarayıcıda görüntüle", "Web’de oku", "Okumaya devam et", "Abonelikten çık",
        "Bu e-postayı {newsletter} aboneliğiniz nedeniyle alıyorsunuz.", "{n} dk okuma",
        "Kaydı dinle", "Videoyu izle", "Ekteki dosyayı indir", "resim", "silindi",
        {"other": "{title} ve {n} yazı daha"},
    ),
    "uk": _Said(
        "Відкрити в браузері", "Читати на сайті", "Читати далі", "Відписатися",
        "Ви отримали цей лист, бо підписані на {newsletter}.", "{n} хв читання",
        "Слухати запис", "Дивитися відео", "Завантажити доданий файл",
        "зображення", "закреслено",
        {
            "one": "{title} і ще {n} допис", "few": "{title} і ще {n} дописи",
            "other": "{title} і ще {n} дописів",
        },
    ),
    "zh": _Said(
        "在浏览器中查看", "在网页上阅读", "继续阅读", "退订",
        "您收到此邮件，是因为您订阅了{newsletter}。", "阅读时间 {n} 分钟",
        "收听录音", "观看视频", "下载附带的文件", "图片", "已删除",
        {"other": "{title}，以及另外 {n} 篇"},
    ),
    "zh-hant": _Said(
        "在瀏覽器中檢視", "在網頁上閱讀", "繼續閱讀", "取消訂閱",
        "您收到此郵件，是因為您訂閱了{newsletter}。", "閱讀時間 {n} 分鐘",
        "收聽錄音", "觀看影片", "下載附帶的檔案", "圖片", "已刪除",
        {"other": "{title}，以及另外 {n} 篇"},
    ),
}  # fmt: skip
_SAME = {"no": "nb", "nn": "nb", "iw": "he", "zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a letter by key, and of each the language that it is in, a BCP 47 tag."""

    said: Mapping[str, str]
    languages: Mapping[str, str]


def of(language: str, own: Mapping[str, str]) -> Words:
    """The words for a letter in `language`; `own` are those of `[newsletter.words]`.

    Raises ConfigError for a key that no word has.
    """
    for key in own:
        if key not in KNOWN:
            guess = closest(key, KNOWN)
            raise ConfigError(
                f"the theme has no word {key}",
                where="newsletter.words",
                hint=f"did you mean {guess}?" if guess else f"choose from {', '.join(KNOWN)}",
            )
    spoken = _spoken(language)
    words = {key: own.get(key, getattr(_SAID[spoken or "en"], key)) for key in KNOWN}
    return Words(words, {key: language if spoken or key in own else "en" for key in KNOWN})


def digest_subject(language: str, title: str, count: int) -> str:
    """The subject of a digest of `count` posts, 2 or more, of which the newest is called `title`."""
    spoken = _spoken(language) or "en"
    forms = _SAID[spoken].digest
    locale = _locale(spoken)
    category = locale.plural_form(count - 1) if locale else "other"
    pattern = forms.get(category, forms["other"])
    return pattern.replace("{n}", number(count - 1, spoken)).replace("{title}", title)


def date(moment: datetime, language: str) -> str:
    """The day of `moment`, written out as `language` does; `2026-04-11` where Babel does not know it."""
    locale = _locale(language)
    if locale is None:
        return f"{moment:%Y-%m-%d}"
    return _in_digits_of(format_date(moment.date(), format="long", locale=locale), locale)


def number(value: int, language: str) -> str:
    """A number below a thousand in the digits of `language`."""
    locale = _locale(language)
    return _in_digits_of(str(value), locale) if locale else str(value)


def minutes(text: str) -> int:
    """How long `text` takes to read: at least a minute.

    By its words; where a script has no spaces, by its characters.
    """
    ideographs = letters = 0
    for character in text:
        if character >= "\u0e00" and unicodedata.category(character) == "Lo":
            letters += _UNSPACED.match(character) is not None
            ideographs += character > "\u2e7f" and not "\uac00" <= character <= "\ud7a3"  # Korean has spaces
    time = len(text.split()) / _WORDS_A_MINUTE + ideographs / _IDEOGRAPHS_A_MINUTE
    return max(1, math.ceil(time + letters / _LETTERS_A_MINUTE))


def _spoken(language: str) -> str:
    """The row of the table for a language tag; empty when we do not speak it."""
    primary, *rest = language.lower().split("-")
    names = [f"{primary}-{subtag}" for subtag in rest] + [primary]
    found = (_SAME.get(name, name) for name in names)
    return next((name for name in found if name in _SAID), "")


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale | None:
    """What Babel knows of a language tag, or of what is left of it without its last parts.

    Plain `en` is that of the world, which has the day before the month; `en-US` has it behind.
    """
    if not languages.is_tag(language):
        return None
    parts = ("en-001" if language.lower() == "en" else language).split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (ValueError, UnknownLocaleError):
            parts.pop()
    return None


def _in_digits_of(text: str, locale: Locale) -> str:
    zero = _ZEROS.get(locale.default_numbering_system)
    if zero is None:
        return text
    return text.translate({ord(digit): chr(ord(zero) + int(digit)) for digit in _WRITTEN})
