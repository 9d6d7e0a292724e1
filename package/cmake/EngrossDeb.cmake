# SPDX-License-Identifier: MPL-2.0
# Read by CPack. What the package depends on is what dpkg-shlibdeps finds, less LibreOffice's own
# packages: the command makes ODT without an office, so an office is only recommended.

if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()

set(work "${CPACK_PACKAGE_DIRECTORY}/shlibdeps")
file(MAKE_DIRECTORY "${work}/debian")
file(WRITE "${work}/debian/control" "Source: engross\n\nPackage: engross\nArchitecture: any\n")
execute_process(
  COMMAND dpkg-shlibdeps -O -l/usr/lib/libreoffice/program ${CPACK_ENGROSS_PROGRAMS}
  WORKING_DIRECTORY "${work}" OUTPUT_VARIABLE found ERROR_VARIABLE said RESULT_VARIABLE failed
  OUTPUT_STRIP_TRAILING_WHITESPACE)
if(failed OR NOT found MATCHES "^shlibs:Depends=")
  message(FATAL_ERROR "dpkg-shlibdeps (Debian package dpkg-dev) failed: ${said}")
endif()
string(REPLACE "shlibs:Depends=" "" found "${found}")
string(REPLACE ", " ";" found "${found}")

set(depends)
foreach(entry IN LISTS found)
  string(REGEX MATCH "^[^ ]+" package "${entry}")
  execute_process(COMMAND dpkg-query -W -f "\${source:Package}\n" ${package}
    OUTPUT_VARIABLE sources ERROR_QUIET)
  if(NOT sources MATCHES "(^|\n)libreoffice\n")
    list(APPEND depends "${entry}")
  endif()
endforeach()
string(REPLACE ";" ", " CPACK_DEBIAN_PACKAGE_DEPENDS "${depends}")
