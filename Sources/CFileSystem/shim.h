#pragma once
#include <stdint.h>
#include <sys/vfs.h>

/// The number of the kind of file system that a path is in (linux/magic.h); 0 where that cannot be told.
///
/// Swift's module of the C library does not have statfs.
static inline uint32_t file_system_kind(const char *path) {
  struct statfs facts;
  return statfs(path, &facts) == 0 ? (uint32_t)facts.f_type : 0;
}
