#!/bin/sh
# For a Mac (or Linux) without a terminal: double-click it. It needs Python 3.11 or later, and the wheel beside it.
cd "$(dirname "$0")" || exit 1

stop() {
    printf '\n%s\nPress Return to close.' "$1"
    read -r _
    exit
}

if [ ! -x mba-here/bin/mba ]; then
    set -- make_buy_share_ally-*.whl
    [ -f "$1" ] || stop "The file make_buy_share_ally-….whl must stand in the same folder."
    echo "Setting up, once: about a minute."
    python3 -m venv mba-here || stop "Python is missing: install it from python.org, then start this again."
    mba-here/bin/python -m pip install --quiet --disable-pip-version-check "./$1[office]" || stop "It could not be set up."
fi
if [ ! -f mine.xlsx ]; then
    mba-here/bin/mba init mine.xlsx || stop "Nothing was written."
    stop "Open mine.xlsx, fill it in, save it, and start this again."
fi
mba-here/bin/mba check mine.xlsx || stop "Mend mine.xlsx, save it, and start this again."
mba-here/bin/mba ask mine.xlsx
mba-here/bin/mba export mine.xlsx -o paper.docx --force || stop "No paper was written. Is paper.docx open?"
mba-here/bin/mba assess mine.xlsx
stop "The paper is paper.docx, in this folder."
