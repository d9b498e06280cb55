@echo off
rem Runs Culprit. Builds it first when it has never been built or when a source is newer than the last build.
setlocal
set "CULPRIT_ROOT=%~dp0"
set "CULPRIT_DLL=%CULPRIT_ROOT%artifacts\bin\Culprit.Cli\release\Culprit.Cli.dll"
set "CULPRIT_STAMP=%CULPRIT_ROOT%artifacts\culprit.stamp"
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1

where dotnet >nul 2>nul
if errorlevel 1 (
  echo culprit: the .NET 10 SDK is needed: https://dotnet.microsoft.com/download 1>&2
  exit /b 1
)

if not exist "%CULPRIT_DLL%" goto build
if not exist "%CULPRIT_STAMP%" goto build
powershell -NoProfile -NonInteractive -Command ^
  "$r=$env:CULPRIT_ROOT; $t=(Get-Item -LiteralPath $env:CULPRIT_STAMP).LastWriteTimeUtc; $p='src','rules','knowledge','global.json','Directory.Build.props','Directory.Packages.props' | ForEach-Object { Join-Path $r $_ } | Where-Object { Test-Path -LiteralPath $_ }; if (Get-ChildItem -LiteralPath $p -Recurse -File | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1) { exit 1 }"
if not errorlevel 1 goto run

:build
if not exist "%CULPRIT_ROOT%artifacts" mkdir "%CULPRIT_ROOT%artifacts"
type nul > "%CULPRIT_STAMP%.new"
pushd "%CULPRIT_ROOT%"
dotnet build src\Culprit.Cli -c Release -v quiet -nologo > artifacts\culprit-build.log 2>&1
if errorlevel 1 (
  type artifacts\culprit-build.log 1>&2
  echo culprit: the build failed 1>&2
  popd
  exit /b 1
)
popd
move /y "%CULPRIT_STAMP%.new" "%CULPRIT_STAMP%" >nul

:run
dotnet "%CULPRIT_DLL%" %*
exit /b %errorlevel%
