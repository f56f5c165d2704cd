#pragma once
#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>

// The fields of a server report are single-character macros, which Swift does not import.
enum {
  PGReportSeverity = PG_DIAG_SEVERITY_NONLOCALIZED,
  PGReportSQLState = PG_DIAG_SQLSTATE,
  PGReportMessage = PG_DIAG_MESSAGE_PRIMARY,
  PGReportDetail = PG_DIAG_MESSAGE_DETAIL,
  PGReportHint = PG_DIAG_MESSAGE_HINT,
  PGReportPosition = PG_DIAG_STATEMENT_POSITION,
  PGReportInternalPosition = PG_DIAG_INTERNAL_POSITION,
  PGReportInternalQuery = PG_DIAG_INTERNAL_QUERY,
  PGReportContext = PG_DIAG_CONTEXT,
  PGReportSchema = PG_DIAG_SCHEMA_NAME,
  PGReportTable = PG_DIAG_TABLE_NAME,
  PGReportColumn = PG_DIAG_COLUMN_NAME,
  PGReportDataType = PG_DIAG_DATATYPE_NAME,
  PGReportConstraint = PG_DIAG_CONSTRAINT_NAME,
  PGReportSourceFile = PG_DIAG_SOURCE_FILE,
  PGReportSourceLine = PG_DIAG_SOURCE_LINE,
  PGReportRoutine = PG_DIAG_SOURCE_FUNCTION
};

// Cancel requests that do not block and are as encrypted as their connection came with libpq 17. An older libpq has
// only the blocking PQcancel; the stand-ins below are never reached, because PGHasAsynchronousCancel() says no.
#ifdef LIBPQ_HAS_ASYNC_CANCEL
static inline bool PGHasAsynchronousCancel(void) { return true; }
static inline void *PGCancelCreate(PGconn *connection) { return PQcancelCreate(connection); }
static inline bool PGCancelStart(void *request) { return PQcancelStart((PGcancelConn *)request) == 1; }
static inline PostgresPollingStatusType PGCancelPoll(void *request) { return PQcancelPoll((PGcancelConn *)request); }
static inline int PGCancelSocket(const void *request) { return PQcancelSocket((const PGcancelConn *)request); }
static inline const char *PGCancelError(const void *request) {
  return PQcancelErrorMessage((const PGcancelConn *)request);
}
static inline void PGCancelReset(void *request) { PQcancelReset((PGcancelConn *)request); }
static inline void PGCancelFinish(void *request) { PQcancelFinish((PGcancelConn *)request); }
#else
static inline bool PGHasAsynchronousCancel(void) { return false; }
static inline void *PGCancelCreate(PGconn *connection) { (void)connection; return NULL; }
static inline bool PGCancelStart(void *request) { (void)request; return false; }
static inline PostgresPollingStatusType PGCancelPoll(void *request) { (void)request; return PGRES_POLLING_FAILED; }
static inline int PGCancelSocket(const void *request) { (void)request; return -1; }
static inline const char *PGCancelError(const void *request) { (void)request; return ""; }
static inline void PGCancelReset(void *request) { (void)request; }
static inline void PGCancelFinish(void *request) { (void)request; }
#endif
