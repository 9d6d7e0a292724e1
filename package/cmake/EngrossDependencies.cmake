# SPDX-License-Identifier: MPL-2.0
# Dependencies by name from the distribution; nothing is vendored. The static archives are used
# where Debian has them, because the component inside Writer must need no library that an office
# does not bring along.

find_package(Boost 1.74 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
if(ENGROSS_TESTS)
  find_package(GTest REQUIRED)
endif()

function(engross_static_library name archive header)
  find_library(ENGROSS_${name}_ARCHIVE NAMES lib${archive}.a REQUIRED)
  find_path(ENGROSS_${name}_INCLUDE ${header} REQUIRED)
  add_library(engross_dep::${name} STATIC IMPORTED GLOBAL)
  set_target_properties(engross_dep::${name} PROPERTIES
    IMPORTED_LOCATION "${ENGROSS_${name}_ARCHIVE}"
    INTERFACE_INCLUDE_DIRECTORIES "${ENGROSS_${name}_INCLUDE}")
endfunction()
engross_static_library(pugixml pugixml pugixml.hpp)
engross_static_library(minizip minizip minizip/zip.h)
engross_static_library(deflate deflate libdeflate.h)
set_property(TARGET engross_dep::minizip PROPERTY INTERFACE_LINK_LIBRARIES ZLIB::ZLIB)

# valijson is headers only, without a package file in Debian.
find_path(ENGROSS_VALIJSON_INCLUDE valijson/validator.hpp REQUIRED)
add_library(engross_dep::valijson INTERFACE IMPORTED GLOBAL)
set_target_properties(engross_dep::valijson PROPERTIES
  INTERFACE_INCLUDE_DIRECTORIES "${ENGROSS_VALIJSON_INCLUDE}")

# What engross-office reads PDF with.
if(ENGROSS_OFFICE)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(poppler REQUIRED IMPORTED_TARGET GLOBAL poppler-cpp)
  pkg_check_modules(qpdf REQUIRED IMPORTED_TARGET GLOBAL libqpdf)
endif()
