"""What the commands and their options are called in English (``SITE_BUILDER_LANG=en``); Chinese stands in each file."""

from __future__ import annotations

from typing import Final

import click

from site_builder.vocabulary import OPTIONAL

OPTIONS: Final = {
    "site_file": "The site file, site.yml.",
    "export": "The approved export (a folder or a zip); else the one the site file names.",
    "as_of": "The as-of day, like 2026-11-20; else today in Asia/Shanghai.",
    "jobs": "Processes that work at the same time.",
    "quarantine": "Leave out rows with faults and publish the rest.",
    "allow": "Let a guard pass, for this run and its rebuilds; those of the as-of day for this run alone.",
    "as_json": "Print JSON.",
    "output": "The output folder.",
    "report": "Where to write the private report.",
    "full": "Make everything anew, taking nothing from the last build.",
    "no_activate": "Build without switching to the new release.",
    "engine": "What does the work: processes of this machine (local), or a Dask cluster (dask; on this machine without "
    "--scheduler).",
    "scheduler": "The cluster's scheduler, like tls://10.0.0.5:8786.",
    "no_tls": "Let a scheduler on another machine go unencrypted; in a closed network only.",
    "adopt_live": "Rebuild what is lost of state/ from the live web root; by hand only, once it is known why.",
    "strict": "Exit 1 for warnings too.",
    "folder": "Write a private report by unit into this folder (index.html), and keep the numbers for trends.",
    "public": "Beside it one that may be published (public.html): no names, nothing withheld.",
    "pending": "Check before the approval: a missing approval or signature only warns.",
    "port": "The port; 0 takes any that is free.",
    "calendar_file": "Write the coming days of change as a calendar file (.ics): numbers, no names.",
    "severe_list": "The office's table of the severe list (xlsx, xls, ods, csv).",
    "measures": "The office's table of measures.",
    "role_models": "The office's table of role models.",
    **{kind.value.replace("-", "_"): f"The office's table of {kind}." for kind in OPTIONAL},
    "photos": "The folder with the role models' photos.",
    "map_file": "A YAML file that says how the office's headings and words are called here.",
    "ledger_file": "Give records without an id one from this private ledger.",
    "version": "The version, like 2026.11.20; else the day of --created.",
    "created": "When the data were taken (RFC 3339); else now.",
    "rules": "Whose rules decide what is published: a city that comes with the program.",
    "law": "The folder of a law of one's own, with city.yml, rules.yml and words.yml.",
    "name": "The site's name.",
    "owner": "The unit that owns the site.",
    "base_url": "Where the site is served, without a path.",
    "base_path": "/folder/ when it is served below a folder.",
    "export_name": "The export's name (in datapackage.json); else the folder's.",
    "user": "The system user that runs the build.",
    "listen": "What nginx listens on, may be repeated; else 80, or 443 with a certificate.",
    "certificate": "The TLS certificate, with its chain.",
    "certificate_key": "The key of the TLS certificate.",
    "key_file": "The private key of the one who approves (made by keygen).",
    "by": "The unit that approves.",
    "reference": "The number of the approval.",
    "valid_through": "The last day of the approval; else it has none.",
    "key": "The site's public key (base64 or a .pub file): the signature of release.json is checked.",
    "reason": "Why the text may be public; private.",
    "sign_only": "Add nothing: sign the waivers there are, once they have been looked at.",
    "why": "Why, with the document's number; not public.",
    "what": "What was decided about the record; its Chinese label will do.",
    "first": "The day after which changes are told.",
    "last": "The last day of them.",
    "day": "The day whose law is meant; else today.",
    "docx_file": "Write one law as a Word document for review; never overwrites.",
    "answer": "Whether the rule applies; its Chinese label will do.",
    "on": "The day of the answer; else today.",
    "norm": "What keeps the rule from applying, with its title.",
    "norm_level": "The rank of that norm: the same, or a higher one; its Chinese label will do.",
    "metrics": "Write a file for node_exporter's textfile collector as the run ends, whatever came of it.",
    "logs": "The folder nginx writes its logs into.",
    "challenges": "The folder of the files ACME asks for (certbot's --webroot-path).",
    "source": "The folder of a mirror, or the site's address, of which only the data files are fetched.",
    "names": "A column of names, by heading or letter, may be repeated; else told by the headings.",
    "codes": "A column of codes, by heading or letter, may be repeated; else told by the headings.",
    "answers": "Where to write the answers; else beside the list.",
    "max_size": "The most that is received in a run (GiB).",
    "release": "Preview the live release instead, as it is.",
}
"""What an option means, by its parameter; the same in every command."""

IN_COMMAND: Final = {
    "approve": {"site_file": "The site file: the export's name and the trusted keys are checked against it."},
    "audit": {
        "export": "The export it was built from; only with it are leaks and every record looked for.",
        "as_of": "The as-of day; else the one in the site's own release.json.",
        "quarantine": "The build left out rows with faults.",
    },
    "deploy-files": {
        "export": "The export that is read every night; else the one the site file names.",
        "name": "What the files are called; else as the site folder.",
    },
    "diff": {"report": "Where to write the private report; else output/<site>/state/diff.html."},
    "init": {"export": "An export there is already; else a few invented records are made."},
    "match": {"key": "The site's public key (base64 or a .pub file); without it the signature is not checked."},
    "mirror": {"key": "The site's public key (base64 or a .pub file); without it the signature is not checked."},
    "next": {"as_of": "Today; else by the clock, in Asia/Shanghai."},
    "pack": {"report": "Where to write the private list of conversions; else DIR.conversions.csv."},
    "waive": {
        "key_file": "The private key of the one who waives (made by keygen).",
        "by": "Who waives: the unit, the person; never public.",
    },
    "withhold": {
        "as_of": "From which day on; else today in Asia/Shanghai.",
        "export": "The live release's own export, where state/ keeps it no more.",
        "by": "Who decided it: the unit, the person; never public.",
    },
}
"""What an option means where a command means something else by it."""

COMMANDS: Final = {
    "approve": "A second person approves an export: writes the approval into its descriptor and signs it.",
    "keygen": "Make a pair of Ed25519 keys: FILE for the one who signs, FILE.pub for the site file. Never overwrites.",
    "withhold": "Take one record off at once: the overlay written, the live export rebuilt, every address proven gone.",
    "waive": "Let the present text of one column of one record stand: writes waivers.yml and signs it.",
    "audit": "Audit every byte of a built tree: file list, links, expiry, personal data; with --export, leaks as well.",
    "build": "Verify the export, decide every record, render the whole site, and switch to it only when all succeeded.",
    "check": (
        "Everything of a build that writes nothing: findings with place and hint, what is withheld by reason, what "
        "should be public and is not, what should be off, and the statutory working days."
    ),
    "completion": "Print the completion script of a shell.",
    "deploy-files": "Write the nginx configuration, the systemd service and timer and the cron line into a folder.",
    "diff": (
        "Compare an export with the live release: what it adds, changes and removes. Counts and ids here, the fields "
        "in a private HTML report that is never written into a release."
    ),
    "doctor": (
        "What this machine has and lacks for building, serving and testing, and the one line that installs it. Exit 0 "
        "when a site can be built here, 1 when not. Changes nothing."
    ),
    "explain": "Each rule's answer for one record, with its article, where to look, and what comes on which day.",
    "init": "Make a new site folder under one of the rule sets; it builds at once.",
    "law": "A city's law as data: the cases worked by hand against it, and its rules as a lawyer reads them.",
    "law answer": (
        "The site's lawyer answers whether a rule that ranks above the city's applies, and signs it. Prints the "
        "lines to put into site.yml under law.review; writes nothing."
    ),
    "law copy": "Copy the folder of a law that comes with the program, to be changed into one's own.",
    "law diff": (
        "Which rules, words and articles of a law change between two days, and on which day; with --site, which of its "
        "records leave, come or read otherwise for that alone. Counts and ids only, private."
    ),
    "law import": (
        "Put a workbook of law sheet back into a law's folder (else the one beside it of the same name): all of it, "
        "or nothing where anything is wrong, each fault told by sheet and cell."
    ),
    "law sheet": (
        "Write a law as an Excel workbook: rules, terms, words, cases, one condition a row, words from lists. Law "
        "import puts it back without loss. LAW is a shipped city or a folder; FILE.xlsx is never overwritten."
    ),
    "law show": (
        "The rules of a law as sentences, each with its articles and what they say; --docx writes them for review, "
        "with boxes to tick, a place to sign and the digest of what is signed. LAW is a shipped city or a folder."
    ),
    "law test": (
        "Run the cases worked by hand against the rules: exit 1 where one fails or a rule has none. Disputed cases are "
        "shown, and never counted as passed. LAW is a shipped city or a folder; none: every shipped city."
    ),
    "match": (
        "Hold the names and codes of LIST (Excel or CSV, every sheet) against the published data of all kinds, on this "
        "machine; the answers say what is the same, written otherwise or near, and what could not be asked. Data past "
        "valid_through are refused. None found proves nothing."
    ),
    "mirror": (
        "Bring the copy in DIR to what the site at URL publishes now: digests and (--key) the signature checked, only "
        "what changed fetched, what is no longer valid deleted, never an older release. Read DIR/current. Exit 1 past "
        "the site's valid_through: stop using the copy."
    ),
    "next": "The day on which what is live must change; exit 1 when it is past. --calendar writes all such days.",
    "pack": (
        "Turn the office's own Excel or CSV into an export that waits for approval. Headings and words go by --map; "
        "every conversion is told; what is not sure is refused, never guessed."
    ),
    "serve": "Preview the site on this machine, rebuilt and reloaded as its files change.",
}
"""What a command does."""


def speak_english(command: click.Command, name: str) -> None:
    """Give a command that is called so, and its options, their English words, where there are any."""
    command.help = COMMANDS.get(name, command.help)
    own = OPTIONS | IN_COMMAND.get(name, {})
    for param in command.params:
        if isinstance(param, click.Option) and param.name in own:
            param.help = own[param.name]
