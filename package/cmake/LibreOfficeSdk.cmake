# SPDX-License-Identifier: MPL-2.0
# The LibreOffice SDK as the target LibreOffice::uno. Gives besides: LO_HOME, LO_RDBS (the office's
# types), LO_UNOIDL_WRITE, LO_UNOIDL_READ, LO_CPPUMAKER. Build against the oldest office that is to
# be served: its symbols and headers are only ever added to.

set(LO_HOME "/usr/lib/libreoffice" CACHE PATH "LibreOffice's folder: holds program/ and sdk/")
set(LO_RDBS "${LO_HOME}/program/types.rdb" "${LO_HOME}/program/types/offapi.rdb")
foreach(tool unoidl-write unoidl-read cppumaker)
  string(TOUPPER "LO_${tool}" variable)
  string(REPLACE "-" "_" variable "${variable}")
  find_program(${variable} ${tool} PATHS "${LO_HOME}/sdk/bin" NO_DEFAULT_PATH)
  if(NOT ${variable})
    message(FATAL_ERROR "No ${tool} in ${LO_HOME}/sdk/bin: install the Debian packages "
                        "libreoffice-dev and libreoffice-writer, set LO_HOME, or build with "
                        "-DENGROSS_OFFICE=OFF")
  endif()
endforeach()

# Distributions ship no generated headers. cppumaker wants absolute paths, and -O without a blank.
set(LO_INCLUDE "${CMAKE_BINARY_DIR}/lo-include")
file(MAKE_DIRECTORY "${LO_INCLUDE}") # an IMPORTED target's include folder must exist by now
add_custom_command(
  OUTPUT "${LO_INCLUDE}.stamp"
  COMMAND "${LO_CPPUMAKER}" -Gc "-O${LO_INCLUDE}" ${LO_RDBS}
  COMMAND "${CMAKE_COMMAND}" -E touch "${LO_INCLUDE}.stamp"
  DEPENDS ${LO_RDBS}
  COMMENT "Generating the C++ headers of the office's types"
  VERBATIM)
add_custom_target(engross_lo_headers DEPENDS "${LO_INCLUDE}.stamp")

# IMPORTED, so that its include folders are SYSTEM: the warnings in them are not ours.
add_library(LibreOffice::uno INTERFACE IMPORTED GLOBAL)
add_dependencies(LibreOffice::uno engross_lo_headers)
set_target_properties(LibreOffice::uno PROPERTIES
  INTERFACE_INCLUDE_DIRECTORIES "${LO_INCLUDE};${LO_HOME}/sdk/include"
  INTERFACE_COMPILE_DEFINITIONS "UNX;GCC;LINUX;CPPU_ENV=gcc3"
  INTERFACE_LINK_DIRECTORIES "${LO_HOME}/sdk/lib"
  INTERFACE_LINK_LIBRARIES "uno_cppuhelpergcc3;uno_cppu;uno_sal")
