# Three nodes on this machine: Azurite/run-local.mjs tells how.
if (-not (Get-Command node -ErrorAction SilentlyContinue)) { Write-Error 'run-local needs Node.js 20.11 or later.'; exit 1 }
node "$PSScriptRoot/Azurite/run-local.mjs" @args
exit $LASTEXITCODE
