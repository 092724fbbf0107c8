# What another project needs for find_package(QuantOpt): libraries, headers with
# their generated parts and TableGen definitions, and a package configuration.
include(CMakePackageConfigHelpers)

set(header_patterns FILES_MATCHING PATTERN "*.h" PATTERN "*.td" PATTERN "*.inc" PATTERN "CMakeFiles" EXCLUDE)
install(DIRECTORY include/quant-opt include/quant-opt-c ${CMAKE_CURRENT_BINARY_DIR}/include/quant-opt
  DESTINATION include COMPONENT development ${header_patterns})
install(DIRECTORY dialects/ ${CMAKE_CURRENT_BINARY_DIR}/dialects/
  DESTINATION include COMPONENT development ${header_patterns})

set(package_folder lib/cmake/QuantOpt)
install(EXPORT QuantOptTargets DESTINATION ${package_folder} COMPONENT development)
configure_package_config_file(cmake/QuantOptConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/QuantOptConfig.cmake
  INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/QuantOptConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/QuantOptConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/QuantOptConfigVersion.cmake
  DESTINATION ${package_folder} COMPONENT development)
