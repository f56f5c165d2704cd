#define _GNU_SOURCE 1

#include "CTerminal.h"

#include <sys/eventfd.h>
#include <sys/ioctl.h>

int terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}

int doorbell_make(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// It can only fail when it has rung 2^64 - 2 times unheard.
void doorbell_ring(int doorbell) { (void)eventfd_write(doorbell, 1); }

void doorbell_silence(int doorbell) {
  eventfd_t rings;
  (void)eventfd_read(doorbell, &rings);
}
