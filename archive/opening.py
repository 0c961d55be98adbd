"""What stands in every store's root, for whoever finds it without this software."""

from typing import Final

README: Final = """\
ARKIV – KRYPTERADE HANDLINGAR

Varje fil som slutar på .pdf.cms är en arkiverad handling: en PDF/A med svaren,
formulärets version och underskrifterna som bilagor, i ett krypterat kuvert
(CMS AuthEnvelopedData, AES-256-GCM, RFC 5083 och 5084). Ingen annan programvara
än openssl behövs för att öppna den.

Med handlingens nyckel (nyckelns id och värde finns i arkivariens nyckeltabell;
HEXID är id skrivet i hex: printf %s ID | xxd -p -c 256):

  openssl cms -decrypt -binary -inform DER -in HANDLING.pdf.cms -secretkeyid HEXID -secretkey HEXNYCKEL -out HANDLING.pdf

Med ett certifikat som handlingen är krypterad för:

  openssl cms -decrypt -binary -inform DER -in HANDLING.pdf.cms -recip CERT.pem -inkey CERT.key -out HANDLING.pdf

Nyckeltabellen öppnas på samma sätt som den andra raden och är JSON.
En ändrad fil öppnas inte. Filerna skrivs en gång och ändras aldrig.
Bilagorna tas ut ur PDF:en med till exempel: pdfdetach -saveall HANDLING.pdf


ARCHIVE – ENCRYPTED RECORDS

Every file that ends in .pdf.cms is a record: a PDF/A with the answers, the form's
version and the signatures attached, in an encrypted envelope (CMS
AuthEnvelopedData, AES-256-GCM). The two commands above open it, with the record's
key from the archivist's key table or with a certificate it was sealed for.
A file that has been changed does not open.
"""
