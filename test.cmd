@echo off
rem Runs every test, in Release, after one build; arguments go to the test runner.
setlocal
pushd "%~dp0"
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet build Culprit.slnx -c Release -v quiet -nologo
if errorlevel 1 (
  popd
  exit /b 1
)
dotnet test --solution Culprit.slnx -c Release --no-build %*
set CULPRIT_STATUS=%errorlevel%
popd
exit /b %CULPRIT_STATUS%
