@echo off
rem Runs Maven: the installed one when it is new enough, else the pinned one (see .mvn\wrapper\maven-wrapper.properties).
setlocal EnableExtensions
set "ROOT=%~dp0"
set "SETTINGS=%ROOT%.mvn\wrapper\maven-wrapper.properties"
for /f "usebackq eol=# tokens=1,* delims==" %%a in ("%SETTINGS%") do set "MVNW_%%a=%%b"
for /f "tokens=1,2 delims=." %%a in ("%MVNW_minimumVersion%") do set "WANT_MAJOR=%%a" & set "WANT_MINOR=%%b"

where mvn >nul 2>nul || goto pinned
set "FOUND="
for /f "tokens=1-3" %%a in ('mvn -v 2^>nul ^| findstr /c:"Apache Maven "') do if not defined FOUND set "FOUND=%%c"
for /f "tokens=1,2 delims=." %%a in ("%FOUND%") do set "MAJOR=%%a" & set "MINOR=%%b"
if not defined MAJOR goto pinned
if %MAJOR% GTR %WANT_MAJOR% goto installed
if %MAJOR% EQU %WANT_MAJOR% if %MINOR% GEQ %WANT_MINOR% goto installed
goto pinned

:installed
call mvn %*
exit /b %ERRORLEVEL%

:pinned
if not defined MAVEN_USER_HOME set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
set "MVN_HOME=%MAVEN_USER_HOME%\wrapper\dists\apache-maven-%MVNW_mavenVersion%"
if exist "%MVN_HOME%\bin\mvn.cmd" goto run
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" "%ROOT%.mvn\wrapper\MavenInstaller.java" "%SETTINGS%" "%MVN_HOME%" || exit /b 1

:run
call "%MVN_HOME%\bin\mvn.cmd" %*
exit /b %ERRORLEVEL%
