# SPDX-License-Identifier: MPL-2.0
# engross.oxt: what lies in extension/, the types, the component, the licences. The archive has the
# same bytes for the same content: sorted names, one date, no extra fields.

find_program(ENGROSS_ZIP zip REQUIRED)

# engross_oxt(OUTPUT file FILES path… GENERATED from=path…) makes the target oxt, part of all.
# FILES are taken from the current source folder under the same path; each of GENERATED is a file
# anywhere and its path inside.
function(engross_oxt)
  cmake_parse_arguments(ARG "" "OUTPUT" "FILES;GENERATED;DEPENDS" ${ARGN})
  set(stage "${CMAKE_CURRENT_BINARY_DIR}/stage")
  set(commands COMMAND "${CMAKE_COMMAND}" -E rm -rf "${stage}" "${ARG_OUTPUT}")
  set(folders "")
  set(pairs "")
  foreach(file IN LISTS ARG_FILES)
    list(APPEND pairs "${CMAKE_CURRENT_SOURCE_DIR}/${file}=${file}")
  endforeach()
  list(APPEND pairs ${ARG_GENERATED})
  set(inputs "")
  set(copies "")
  foreach(pair IN LISTS pairs)
    string(REGEX REPLACE "=[^=]*$" "" from "${pair}")
    string(REGEX REPLACE "^.*=" "" to "${pair}")
    get_filename_component(folder "${stage}/${to}" DIRECTORY)
    list(APPEND folders "${folder}")
    list(APPEND inputs "${from}")
    list(APPEND copies COMMAND "${CMAKE_COMMAND}" -E copy "${from}" "${stage}/${to}")
  endforeach()
  list(REMOVE_DUPLICATES folders)
  set(strip "")
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    set(strip COMMAND "${CMAKE_STRIP}" --strip-unneeded "${stage}/Linux_x86_64/engross.uno.so")
  endif()
  add_custom_command(
    OUTPUT "${ARG_OUTPUT}"
    ${commands}
    COMMAND "${CMAKE_COMMAND}" -E make_directory ${folders}
    ${copies}
    ${strip}
    COMMAND sh "${PROJECT_SOURCE_DIR}/package/cmake/pack_oxt.sh" "${ENGROSS_ZIP}" "${stage}"
            "${ARG_OUTPUT}"
    DEPENDS ${inputs} ${ARG_DEPENDS} "${PROJECT_SOURCE_DIR}/package/cmake/pack_oxt.sh"
    COMMENT "Packing the extension"
    VERBATIM)
  add_custom_target(oxt ALL DEPENDS "${ARG_OUTPUT}")
endfunction()

# The copyright files of the libraries inside the component, as the distribution ships them: their
# licences ask that they travel with it. Sets `result` to pairs for GENERATED.
function(engross_library_licences result)
  set(pairs "")
  foreach(package ${ARGN})
    set(file "/usr/share/doc/${package}/copyright")
    if(EXISTS "${file}")
      list(APPEND pairs "${file}=licences/${package}.txt")
    else()
      message(WARNING "No ${file}: the .oxt lacks the licence of ${package}; do not pass it on")
    endif()
  endforeach()
  set(${result} "${pairs}" PARENT_SCOPE)
endfunction()
