"""Every kind of page with invented content, to look at and to test."""

from typing import Any

from sample_questions import ANSWERS, PDF, QUESTIONS

from renderers.html import views
from renderers.html.fields import (
    Filling,
    StoredFile,
    faults,
    is_heading,
    raws_of,
    shown_fields,
)
from renderers.html.page_parts import (
    Action,
    Block,
    Card,
    CaseLine,
    Choice,
    Closing,
    ConsentLine,
    Event,
    Fault,
    Link,
    PrivacyPart,
    Row,
    SectionOffer,
    Sent,
    Table,
    TableRow,
)
from renderers.html.surroundings import Surroundings
from renderers.html.theme import Theme

THEME = Theme(
    municipality="Sjöviks kommun",
    phone="0771-000 100",
    email="skolstart@sjovik.example.se",
)
HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=y> & {{ 7*7 }}"


def around(address: str = "/e/skolstart", **more: Any) -> Surroundings:
    return Surroundings(
        address=address,
        languages=("sv", "en", "ar", "fi", "pl", "so", "uk"),
        service="Skolstart",
        service_href="/e/skolstart",
        **more,
    )


def guardian(address: str = "/e/skolstart/kost") -> Surroundings:
    return around(address, person="Anna Strand", log_out="/logga-ut")


STAFF = Surroundings(
    address="/inkorg",
    person="Kerstin Lund",
    log_out="/logga-ut",
    navigation=(
        Link(text="Inkorg", href="/inkorg", is_current=True),
        Link(text="Bygg", href="/bygg"),
        Link(text="Arkiv", href="/arkiv"),
    ),
)
PRIVACY = (
    PrivacyPart(
        title="Specialkost och allergi",
        facts=(
            ("Ansvarig", "Barn- och utbildningsnämnden, Sjöviks kommun"),
            ("Ändamål", "Barnet ska få mat som det tål."),
            ("Rättslig grund", "Uppgift av allmänt intresse (artikel 6.1 e)"),
            ("Läses av", "Måltidsservice, klassläraren"),
            ("Sparas", "Ett år efter läsårets slut, enligt beslut BUN 2026/123 § 45"),
        ),
    ),
    PrivacyPart(
        title="Samtycke till bild och film",
        facts=(("Ansvarig", "Kommunstyrelsen"), ("Läses av", "Kommunikation")),
    ),
)
START = views.StartPage(
    title="Skolstart i förskoleklass",
    around=around(),
    introduction=(
        (
            "Svara på allt inför skolstarten på ett ställe, en gång. "
            "Svaren går till dem som behöver dem, och inte till någon annan."
        ),
    ),
    minutes=20,
    needs=(
        "BankID eller annan e-legitimation",
        "telefonnummer till någon vi kan ringa om vi inte når dig",
        "intyg från läkare, om barnet inte tål viss mat",
    ),
    sections=(
        SectionOffer(
            title="Kontaktuppgifter och närstående",
            description="Hur vi når dig, och vem vi ringer om något händer.",
            seen_by=("Skolexpeditionen", "Klassläraren"),
            signers="en vårdnadshavare",
        ),
        SectionOffer(
            title="Specialkost och allergi",
            description="Mat som barnet inte tål eller inte äter.",
            seen_by=("Måltidsservice", "Klassläraren"),
            signers="båda vårdnadshavarna",
        ),
        SectionOffer(
            title="Bild och film",
            description="Om skolan får visa bilder på barnet utåt.",
            seen_by=("Kommunikation", "Skolexpeditionen"),
            signers="båda vårdnadshavarna",
            voluntary=True,
        ),
        SectionOffer(
            title="Hälsa",
            description="Det skolsköterskan behöver veta.",
            seen_by=("Elevhälsan",),
            signers="en vårdnadshavare",
        ),
    ),
    privacy=PRIVACY,
    privacy_general=(
        (
            "Det är bara mottagarna som står vid varje del som läser svaren i den. "
            "Du har rätt att få veta vad vi har om dig och ditt barn och att få fel rättade."
        ),
    ),
    begin=Link(text="Logga in och börja", href="/logga-in"),
    otherwise="Har du ingen e-legitimation? Ring 0771-000 100 eller besök skolexpeditionen, så hjälper vi dig.",
)


def form(
    *kinds: str,
    title: str,
    filled: bool = False,
    messages: dict[str, str] | None = None,
    **more: Any,
) -> views.FormPage:
    questions = [QUESTIONS[kind] for kind in kinds]
    messages = messages or {}
    filling = Filling(
        raws=raws_of(questions, ANSWERS, "sv") if filled else {},
        messages=messages,
        files={PDF: StoredFile(value=PDF, name="intyg-2027.pdf", size="214 kB")},
    )
    fields = shown_fields(questions, filling, "sv")
    return views.FormPage(
        title=title,
        around=guardian(),
        back="/e/skolstart/kontakt",
        action="/e/skolstart/kost",
        fields=fields,
        faults=faults(fields, messages, "sv"),
        number=3,
        count=9,
        takes_files="file" in kinds,
        is_heading=is_heading(fields, title, more.get("description", ())),
        **more,
    )


DIET_CARD = Card(
    id="diet",
    title="Specialkost och allergi",
    seen_by=("Måltidsservice", "Klassläraren"),
    rows=(
        Row(
            question="Behöver barnet annan mat än den vanliga?",
            answer=("Ja",),
            change="/e/skolstart/kost?andra=1#q-diet.need",
            seen_by=("Måltidsservice", "Klassläraren"),
        ),
        Row(
            question="Vilken mat tål barnet inte?",
            answer=("Jordnötter", "Mjölk"),
            change="/e/skolstart/kost#q-diet.avoid",
            seen_by=("Måltidsservice",),
        ),
        Row(
            question="Intyg",
            answer=(),
            files=(Link(text="intyg-2027.pdf", href="/fil/1"),),
            change="/e/skolstart/kost#q-diet.certificate",
            seen_by=("Elevhälsan",),
        ),
    ),
)
CONTACT_CARD = Card(
    id="contacts",
    title="Kontaktuppgifter",
    seen_by=("Skolexpeditionen",),
    rows=(
        Row(
            question="Mobilnummer",
            answer=("070-174 06 05",),
            is_number=True,
            change="/e/skolstart/kontakt",
            seen_by=("Skolexpeditionen",),
        ),
        Row(question="Telefon dagtid", answer=(), change="/e/skolstart/kontakt"),
    ),
)
CHANGED_CARD = Card(
    id="photo",
    title="Bild och film",
    status="Ändrat",
    tone="waiting",
    rows=(Row(question="Skolans webbplats", answer=("Nej",), was=("Ja",)),),
)
SIGN = Action(label="Skriv under med BankID", href="/e/skolstart/signera")
DECLARATION = (
    (
        "Jag har läst igenom svaren och de stämmer så vitt jag vet. "
        "Jag säger till om något ändras."
    ),
)
WAITING = (
    Sent(
        title="Bild och film",
        to=("Björn Strand",),
        note="Vi har sagt till. Delen räknas som inskickad när båda har skrivit under.",
    ),
)
MINE_CASE = CaseLine(
    title="Skolstart",
    subject="Elin",
    status="Väntar på den andra vårdnadshavaren",
    tone="waiting",
    reference="SKS-2027-0412",
    at="Inkommet den 14 augusti 2027 kl. 19.42",
    waits_for=("Björn Strand",),
    links=(
        Link(text="Visa ärendet", href="/mina/a1"),
        Link(text="Kvitto (PDF)", href="/k"),
    ),
)
INBOX_TABLE = Table(
    caption="Specialkost, läsåret 2027/2028",
    columns=("Förnamn", "Efternamn", "Skola", "Tål inte", "Akut", "Kom in"),
    rows=(
        TableRow(
            cells=(
                "Elin",
                "S.",
                "Björkskolan",
                "Jordnötter, mjölk",
                "Ja",
                "2027-08-14 19.42",
            ),
            href="/inkorg/1",
            mark="Nytt",
            tone="attention",
        ),
        TableRow(
            cells=("Yusuf", "A.", "Havsskolan", "Gluten", "Nej", "2027-08-13 08.10"),
            href="/inkorg/2",
            mark="Ändrat",
            tone="waiting",
        ),
        TableRow(
            cells=(
                "Maja",
                "L.",
                "Havsskolan",
                "Ägg, fisk, sesam",
                "Nej",
                "2027-08-11 12.55",
            ),
            href="/inkorg/3",
            mark="Mottaget",
            tone="good",
        ),
    ),
    empty="Det har inte kommit in något ännu.",
)

PAGES = {
    "home": views.HomePage(
        title="E-tjänster i Sjövik",
        around=Surroundings(address="/"),
        introduction="Välj det du vill göra. Du loggar in med e-legitimation när det behövs.",
        services=(
            Choice(
                title="Skolstart",
                detail="Allt inför förskoleklass, på ett ställe.",
                href="/e/skolstart",
            ),
            Choice(
                title="Felanmälan",
                detail="Trasig gatlykta, hål i vägen, klotter.",
                href="/e/felanmalan",
            ),
            Choice(title="Föreningsbidrag", detail="Sök bidrag för ungdomar.", href="/e/b"),
        ),
    ),
    "start": START,
    "login": views.LoginPage(
        title="Logga in",
        around=around("/logga-in"),
        for_what="Du loggar in till Skolstart hos Sjöviks kommun.",
        same=Action(label="BankID på den här enheten", href="/logga-in", name="device", value="same"),
        other=Action(
            label="BankID på en annan enhet", href="/logga-in", name="device", value="other",
            style="secondary",
        ),
        more=(Choice(title="Freja eID", detail="Nivå 3", action=Action(label="Logga in med Freja", href="/l", style="secondary")),),
        otherwise="Har du ingen e-legitimation? Ring 0771-000 100.",
    ),
    "login_failed": views.LoginPage(
        title="Logga in",
        around=around("/logga-in"),
        fault="Du avbröt i BankID-appen.",
        same=Action(label="BankID på den här enheten", href="/logga-in"),
    ),
    "eid_qr": views.EidPage(
        title="Logga in med BankID",
        around=around("/logga-in/vanta"),
        message="Öppna BankID-appen på din enhet.",
        qr="qr.svg",
        status="/logga-in/status",
        seconds_left=27,
        cancel=Action(label="Avbryt", href="/logga-in/avbryt", style="secondary"),
    ),
    "eid_sign": views.EidPage(
        title="Skriv under med BankID",
        around=guardian("/e/skolstart/signera"),
        purpose="sign",
        message="Öppna BankID-appen på din enhet.",
        launch="bankid:///?autostarttoken=00000000-0000-0000-0000-000000000000&redirect=null",
        status="/signera/status",
        seconds_left=30,
        visible_text=(
            "Sjöviks kommun\nSkolstart, version 3f2a\nÄrende SKS-2027-0412, barn: E.S.",
            "Jag skriver under: Kontaktuppgifter, Specialkost och allergi, Bild och film.",
        ),
        cancel=Action(label="Avbryt", href="/signera/avbryt", style="secondary"),
    ),
    "eid_failed": views.EidPage(
        title="Logga in med BankID",
        around=around("/logga-in/vanta"),
        message="Tiden gick ut utan svar från appen. Kolla internet och att appen är öppen.",
        is_waiting=False,
        retry=Action(label="Försök igen", href="/logga-in"),
        cancel=Action(label="Avbryt", href="/a", style="secondary"),
    ),
    "children": views.ChooseChildPage(
        title="Vilket barn gäller det?",
        around=guardian("/e/skolstart/barn"),
        children=(
            Choice(
                title="Elin Strand",
                detail="Ska börja i förskoleklass hösten 2027",
                action=Action(label="Börja", href="/e/skolstart/barn", name="child", value="x1", about="Elin Strand"),
            ),
            Choice(
                title="Nils Strand",
                detail="Född 2021",
                status="Sparat, inte skickat",
                saved=("3 maj 2027 kl. 14.05", "Skicka in senast 2 juni 2027. Efter det tar vi bort svaren."),
                action=Action(label="Fortsätt", href="/e/skolstart/barn", name="child", value="x2", about="Nils Strand"),
            ),
        ),
        missing_child="Vi visar bara barn som du är vårdnadshavare för enligt folkbokföringen. Ring oss om något är fel.",
    ),
    "form_contacts": form(
        "read_only", "phone", "email", "rows", "checkbox",
        title="Hur når vi dig?",
        section="Kontaktuppgifter",
        filled=True,
        seen_by=("Skolexpeditionen", "Klassläraren"),
    ),
    "form_faults": form(
        "yes_no", "checkboxes", "radios", "long_text", "file",
        title="Mat och allergi",
        section="Mat",
        description=("Fråga gärna barnet. Vi frågar aldrig varför.",),
        seen_by=("Måltidsservice",),
        messages={
            "/diet/need": "Svara ja eller nej på om barnet behöver annan mat än den vanliga.",
            "/diet/milk": "Välj vad som gäller för mjölk.",
        },
    ),
    "form_leisure": form(
        "date", "grid", "money", "number", "personal_number",
        title="Fritids",
        section="Fritids",
        filled=True,
        messages={
            "/leisure/week/tue/fetch": "Skriv en tid, till exempel 16.00.",
            "/leisure/from": "Skriv vilken månad det är.",
        },
    ),
    "form_school": form(
        "ranked", "select", "information", "text", "lines",
        title="Val av skola",
        section="Skola",
        filled=True,
        is_change=True,
    ),
    "form_rows_faults": form(
        "rows",
        title="Om vi inte når dig, vem ska vi ringa?",
        section="Kontaktuppgifter",
        filled=True,
        messages={"/contacts/ice/1/relation": "Välj hur personen hör ihop med barnet."},
    ),
    "form_single": form(
        "yes_no", title="Behöver barnet annan mat än den vanliga?", section="Mat"
    ),
    "review": views.ReviewPage(
        title="Granska dina svar",
        around=guardian("/e/skolstart/granska"),
        back="/e/skolstart/kost",
        cards=(CONTACT_CARD, DIET_CARD),
        declaration=DECLARATION,
        others_sign=("Specialkost och allergi: Björn Strand", "Bild och film: Björn Strand"),
        sign=SIGN,
        later=Action(label="Spara och fortsätt senare", href="/senare", style="secondary"),
    ),
    "review_faults": views.ReviewPage(
        title="Granska dina svar",
        around=guardian("/e/skolstart/granska"),
        cards=(CONTACT_CARD,),
        faults=(Fault(text="Välj vad som gäller för mjölk.", href="/e/skolstart/kost#q-diet.milk"),),
        privacy=PRIVACY,
    ),
    "receipt": views.ReceiptPage(
        title="Tack",
        around=guardian("/e/skolstart/kvitto/1"),
        received="den 14 augusti 2027 kl. 19.42",
        reference="SKS-2027-0412",
        sent=(
            Sent(title="Kontaktuppgifter", to=("Skolexpeditionen", "Klassläraren")),
            Sent(title="Allergi", to=("Måltidsservice",), note="Gäller redan nu."),
        ),
        waiting=WAITING,
        pdf="/kvitto.pdf",
        next_steps=(
            "Björn Strand får ett meddelande och skriver under sina delar.",
            "Skolan hör av sig före den 1 juni om något saknas.",
            "Du kan ändra svaren när du vill under Mina sidor.",
        ),
        links=(Link(text="Till mina sidor", href="/mina"),),
    ),
    "mine": views.MinePage(
        title="Mina sidor",
        around=guardian("/mina"),
        notice="Ditt samtycke är återtaget. Vi har sagt till dem som hade fått ja.",
        is_done=True,
        to_do=(
            CaseLine(
                title="Skolstart",
                subject="Nils",
                status="Väntar på din underskrift",
                tone="attention",
                detail="Björn Strand har svarat och skrivit under. Läs igenom och skriv under.",
                links=(Link(text="Läs och skriv under", href="/mina/b2"),),
            ),
        ),
        drafts=(
            CaseLine(
                title="Skolstart",
                subject="Elin",
                status="Sparat, inte skickat",
                detail="Sparas till den 2 september 2027.",
                links=(Link(text="Fortsätt", href="/e/skolstart/kost"),),
                actions=(Action(label="Ta bort", href="/t", style="quiet", about="Skolstart Elin"),),
            ),
        ),
        cases=(MINE_CASE,),
        consents=(
            ConsentLine(
                title="Bild på skolans webbplats",
                subject="Elin",
                is_given=True,
                state="Ja",
                until="Gäller till 15 juni 2028",
                undo=Action(label="Ångra", href="/mina/angra", style="secondary", about="bild på skolans webbplats, Elin"),
            ),
            ConsentLine(title="Sociala medier", subject="Elin", is_given=False, state="Nej"),
        ),
        services=(Link(text="Felanmälan", href="/e/felanmalan"),),
    ),
    "mine_empty": views.MinePage(title="Mina sidor", around=guardian("/mina")),
    "case": views.CasePage(
        title="Skolstart",
        around=guardian("/mina/b2"),
        back="/mina",
        status="Väntar på din underskrift",
        subject="Nils Strand",
        facts=(("Ärende", "SKS-2027-0413"), ("Inskickat av", "Björn Strand, den 12 augusti 2027")),
        own_answers=Link(text="Lämna dina egna kontaktuppgifter", href="/e/skolstart/kontakt"),
        to_sign=(DIET_CARD, CHANGED_CARD),
        declaration=DECLARATION,
        sign=SIGN,
        decline=Action(label="Säg nej", href="/nej", style="secondary"),
        waiting=WAITING,
        events=(
            Event(at="12 augusti 2027 kl. 18.02", text="Björn Strand skrev under."),
            Event(at="13 augusti 2027 kl. 09.00", text="Allergin har gått till Måltidsservice."),
        ),
    ),
    "inbox": views.InboxPage(
        title="Måltidsservice",
        around=STAFF,
        department="Måltidsservice",
        departments=(
            Link(text="Måltidsservice", href="/inkorg/kok", is_current=True),
            Link(text="Skolexpeditionen", href="/inkorg/exp"),
        ),
        table=INBOX_TABLE,
        counts=(("nya", 1), ("ändrade", 1), ("mottagna", 41)),
        exports=(Link(text="Hämta CSV", href="/csv"), Link(text="Hämta Excel", href="/xlsx")),
        actions=(Action(label="Bekräfta att allt är mottaget", href="/bekrafta"),),
        older="/inkorg?sida=2",
    ),
    "inbox_empty": views.InboxPage(
        title="Elevhälsan",
        around=STAFF,
        table=Table(caption="Hälsouppgifter", columns=("Barn",), rows=(), empty="Det har inte kommit in något ännu."),
    ),
    "inbox_item": views.InboxItemPage(
        title="Elin S.",
        around=STAFF,
        back="/inkorg",
        card=Card(
            id="item",
            title="Specialkost",
            status="Ändrat",
            tone="waiting",
            rows=(
                Row(question="Tål inte", answer=("Jordnötter", "Mjölk"), was=("Mjölk",)),
                Row(question="Kan få en allvarlig reaktion", answer=("Ja",)),
            ),
        ),
        facts=(("Kom in", "14 augusti 2027 kl. 19.42"), ("Version", "2")),
        confirm=Action(label="Bekräfta att ni har tagit emot", href="/bekrafta"),
        close=Closing(
            action=Action(label="Avsluta ärendet", href="/avsluta", style="secondary"),
            text="Avsluta när ärendet är klart.",
        ),
        exports=(Link(text="Hämta CSV", href="/csv"),),
        events=(Event(at="14 augusti 2027 kl. 20.00", text="Öppnad av Kerstin Lund"),),
    ),
    "admin": views.AdminPage(
        title="Formulär",
        around=STAFF,
        introduction="Publicerade formulär ändras aldrig. En ny version gäller dem som börjar efter den.",
        tables=(
            Table(
                caption="Skolstart",
                columns=("Version", "Publicerad", "Av", "Påbörjade"),
                numeric=(3,),
                rows=(
                    TableRow(cells=("3f2a91c0", "2027-03-01 10.12", "Per Ek", "312"), href="/bygg/1", mark="Gäller", tone="good"),
                    TableRow(
                        cells=("b81d0c77", "2027-02-11 09.40", "Per Ek", "9"),
                        mark="Tidigare",
                        actions=(Action(label="Gå tillbaka till den här", href="/b", style="secondary", about="b81d0c77"),),
                    ),
                ),
                empty="",
            ),
        ),
        publish=shown_fields([QUESTIONS["long_text"]], Filling(), "sv")[0],
        publish_action=Action(label="Kontrollera", href="/bygg"),
    ),
    "archive": views.ArchivePage(
        title="Arkiv",
        around=STAFF,
        counts=(("handlingar", 128), ("väntar på gallring", 4)),
        table=Table(
            caption="Handlingar",
            columns=("Diarienummer", "Handlingstyp", "Inkommen", "Gallras efter"),
            rows=(
                TableRow(cells=("BUN 2027-00412", "Anmälan om specialkost", "2027-08-14", "2029-06-30"), href="/arkiv/1", mark="Verifierad", tone="good"),
                TableRow(cells=("KS 2027-00088", "Samtycke till bild", "2027-08-15", "2030-06-30"), href="/arkiv/2", mark="Fel summa", tone="bad"),
            ),
            empty="Arkivet är tomt.",
        ),
    ),
    "archive_record": views.ArchiveRecordPage(
        title="BUN 2027-00412",
        around=STAFF,
        back="/arkiv",
        status="Verifierad",
        facts=(("Handlingstyp", "Anmälan om specialkost"), ("SHA-256", "ab" * 32)),
        events=(Event(at="2027-08-14 19.43", text="Skriven, läst tillbaka och verifierad"),),
        actions=(Action(label="Verifiera nu", href="/v"), Action(label="Exportera", href="/x", style="secondary")),
    ),
    "stop": views.MessagePage(
        title="Kontakta skolan, så hjälper vi dig",
        around=guardian("/e/skolstart"),
        paragraphs=("Den här e-tjänsten kan inte användas för det du vill göra. Vi ordnar det på ett annat sätt.",),
    ),
    "not_found": views.MessagePage(
        title="Sidan finns inte",
        paragraphs=("Adressen kan vara fel, eller så har sidan tagits bort.",),
        links=(Link(text="Till startsidan", href="/"),),
    ),
    "accessibility": views.MessagePage(
        title="Tillgänglighetsredogörelse",
        paragraphs=("Sjöviks kommun står bakom den här e-tjänsten. Vi vill att alla ska kunna använda den.",),
        blocks=(
            Block(heading="Hur tillgänglig är e-tjänsten?", paragraphs=("Den följer WCAG 2.2, nivå AA.",)),
            Block(heading="Säg till om något inte fungerar", items=("Ring 0771-000 100", "Skriv till oss")),
        ),
        show_contact=False,
    ),
    "hostile": views.CasePage(
        title=HOSTILE,
        around=Surroundings(address="/x", person=HOSTILE, service=HOSTILE),
        status=HOSTILE,
        subject=HOSTILE,
        facts=((HOSTILE, HOSTILE),),
        to_sign=(Card(id="h", title=HOSTILE, rows=(Row(question=HOSTILE, answer=(HOSTILE,)),)),),
    ),
}  # fmt: skip
