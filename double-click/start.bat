@echo off
rem For Windows without a terminal: double-click it. It needs Python 3.11 or later, and the wheel beside it. Never run on Windows.
cd /d "%~dp0"
if not exist mba-here\Scripts\mba.exe (
    for %%W in (make_buy_share_ally-*.whl) do set WHEEL=%%W
    echo Setting up, once: about a minute.
    py -m venv mba-here || goto failed
    call :setup || goto failed
)
if not exist mine.xlsx (
    mba-here\Scripts\mba init mine.xlsx || goto failed
    echo Open mine.xlsx, fill it in, save it, and start this again.
    goto end
)
mba-here\Scripts\mba check mine.xlsx || goto failed
mba-here\Scripts\mba ask mine.xlsx
mba-here\Scripts\mba export mine.xlsx -o paper.docx --force || goto failed
mba-here\Scripts\mba assess mine.xlsx
echo The paper is paper.docx, in this folder.
goto end
:setup
mba-here\Scripts\python -m pip install --quiet --disable-pip-version-check ".\%WHEEL%[office]"
exit /b
:failed
echo It stopped: see above.
:end
pause
