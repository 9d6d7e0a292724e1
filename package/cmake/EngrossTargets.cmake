# SPDX-License-Identifier: MPL-2.0
# How our own targets are made: one set of warnings, one include root, nothing else.

# A list of sanitizers holds a comma, which a generator expression would take for its own.
set(engross_sanitized ${ENGROSS_SANITIZE})
if(engross_sanitized)
  set(engross_sanitized ON)
endif()

add_library(engross_warnings INTERFACE)
target_compile_options(engross_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual
  -Woverloaded-virtual -Wconversion -Wno-sign-conversion -Wnull-dereference -Wformat=2
  $<$<BOOL:${ENGROSS_WERROR}>:-Werror>
  # g++ 12 reports null dereferences inside its own headers when it inlines them at -O2 and above.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-Wno-null-dereference>
  # g++ 12 sees overlapping copies in "text" + std::string (GCC bug 105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-Wno-restrict>
  # The sanitizers make g++ 12 see uninitialised members of std::variant that are none.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${engross_sanitized}>>:-Wno-maybe-uninitialized>)

if(ENGROSS_SANITIZE)
  add_compile_options(-fsanitize=${ENGROSS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ENGROSS_SANITIZE})
endif()

if(ENGROSS_TIDY)
  find_program(ENGROSS_CLANG_TIDY NAMES clang-tidy-14 clang-tidy REQUIRED)
endif()

# What every own target shares.
function(engross_own_target target)
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${target} PRIVATE engross_warnings)
  if(ENGROSS_TIDY)
    set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY "${ENGROSS_CLANG_TIDY};--quiet")
  endif()
endfunction()

# engross_module(odf SOURCES a.cpp b.cpp PUBLIC engross::finding PRIVATE pugixml …)
# makes the static library engross_odf, alias engross::odf, of one folder of src/.
function(engross_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(engross_${name} STATIC ${ARG_SOURCES})
  add_library(engross::${name} ALIAS engross_${name})
  engross_own_target(engross_${name})
  target_link_libraries(engross_${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# engross_test(deal_test LABEL unit SOURCES a.cpp LINK engross::deal) makes one GoogleTest program.
function(engross_test name)
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  engross_own_target(${name})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gmock_main)
  target_compile_definitions(${name} PRIVATE ENGROSS_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                             ENGROSS_BINARY_DIR="${PROJECT_BINARY_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}")
endfunction()

# engross_office_test(writer_menu LABEL writer COMMAND /usr/bin/python3 menu_test.py
#                     ENVIRONMENT ENGROSS_OXT=… TIMEOUT 300 DEPENDS other_test)
# registers a test that starts LibreOffice: one at a time, so that a slow machine times nothing out.
# Where ENGROSS_MATRIX_CHROOT names a folder made by package/chroot, the same test runs again inside
# it, against the same build and another LibreOffice, as matrix.<name> with the label matrix.
# Every path a test needs must lie in the source or the build tree; /tmp is fresh for each test.
set(ENGROSS_MATRIX_CHROOT "" CACHE PATH "Folder made by package/chroot: run the office tests in it too")
function(engross_office_test name)
  cmake_parse_arguments(ARG "" "LABEL;TIMEOUT" "COMMAND;ENVIRONMENT;DEPENDS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  list(GET ARG_COMMAND 0 program)
  if(TARGET ${program})
    list(POP_FRONT ARG_COMMAND)
    list(PREPEND ARG_COMMAND "$<TARGET_FILE:${program}>")
  endif()
  add_test(NAME ${name} COMMAND ${ARG_COMMAND})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" RESOURCE_LOCK office
    TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT "${ARG_ENVIRONMENT}" DEPENDS "${ARG_DEPENDS}")
  if(ENGROSS_MATRIX_CHROOT)
    # Foreign files beside the source tree, for the tests that look for them.
    set(foreign)
    get_filename_component(shared "${PROJECT_SOURCE_DIR}/../shared" ABSOLUTE)
    if(IS_DIRECTORY "${shared}/corpus")
      set(foreign --read-only ${shared})
    endif()
    list(TRANSFORM ARG_DEPENDS PREPEND matrix. OUTPUT_VARIABLE matrix_depends)
    add_test(NAME matrix.${name}
      COMMAND ${PROJECT_SOURCE_DIR}/package/in-chroot ${ENGROSS_MATRIX_CHROOT}
              --read-only ${PROJECT_SOURCE_DIR} --writable ${PROJECT_BINARY_DIR} ${foreign}
              -- /usr/bin/env ${ARG_ENVIRONMENT} ${ARG_COMMAND})
    set_tests_properties(matrix.${name} PROPERTIES LABELS matrix RESOURCE_LOCK office
      TIMEOUT ${ARG_TIMEOUT} DEPENDS "${matrix_depends}")
  endif()
endfunction()
