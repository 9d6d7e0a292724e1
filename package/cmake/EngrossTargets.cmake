# How our own targets are made: one set of warnings, one include root, nothing else.

add_library(engross_warnings INTERFACE)
target_compile_options(engross_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual
  -Woverloaded-virtual -Wconversion -Wno-sign-conversion -Wnull-dereference -Wformat=2
  $<$<BOOL:${ENGROSS_WERROR}>:-Werror>
  # g++ 12 reports null dereferences inside its own headers when it inlines them at -O2 and above.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-Wno-null-dereference>
  # The sanitizers make g++ 12 see uninitialised members of std::variant that are none.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${ENGROSS_SANITIZE}>>:-Wno-maybe-uninitialized>)

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
