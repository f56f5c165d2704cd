#pragma once
#define _GNU_SOURCE 1
#define NCURSES_WIDECHAR 1
#include <locale.h>
#include <wchar.h>
#include <sys/ioctl.h>
#include <ncurses.h>
