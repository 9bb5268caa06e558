/* Writes runs into a store with prepared statements: rows STORE STRATEGIES REPLICATIONS [ROWS]
 *
 * The store was made by `StoreRows prepare`, so that the schema is the program's own. A batch is 50
 * replications of every strategy and one transaction; a statement inserts ROWS rows (50 by default). The
 * values are those of `StoreRows insert`. Prints one line of JSON. */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { batch_replications = 50, fixed_columns = 7 };

static sqlite3 *store;

static void check(int code, const char *what) {
  if (code == SQLITE_OK || code == SQLITE_DONE) return;
  fprintf(stderr, "rows: %s: %s\n", what, sqlite3_errmsg(store));
  exit(1);
}

static void run(const char *sql) { check(sqlite3_exec(store, sql, NULL, NULL, NULL), sql); }

static double processor_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* A number from 0 to 1,000 that depends on the run and the column. */
static double value(int strategy, int replication, int column) {
  uint64_t bits = (uint64_t)strategy << 48 ^ (uint64_t)replication << 16 ^ (uint64_t)column;
  bits = (bits ^ bits >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  bits = (bits ^ bits >> 27) * UINT64_C(0x94D049BB133111EB);
  return (double)(int64_t)((bits ^ bits >> 31) >> 11) * 0x1p-53 * 1000;
}

/* The names of the columns, in the order of the table. */
static int read_columns(char *names, size_t size, int *metrics) {
  sqlite3_stmt *statement;
  int columns = 0;
  check(sqlite3_prepare_v2(store, "SELECT name FROM pragma_table_info('run')", -1, &statement, NULL),
        "columns");
  names[0] = 0;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    const char *name = (const char *)sqlite3_column_text(statement, 0);
    if (strlen(names) + strlen(name) + 3 > size) exit(1);
    if (columns > 0) strcat(names, ", ");
    strcat(names, name);
    ++columns;
  }
  sqlite3_finalize(statement);
  *metrics = columns - fixed_columns;
  return columns;
}

static sqlite3_stmt *prepare(const char *names, int columns, int rows) {
  const size_t size = 200 + strlen(names) + (size_t)rows * (size_t)(columns * 2 + 4);
  char *sql = malloc(size), *end = sql;
  end += sprintf(end, "INSERT INTO run (%s) VALUES ", names);
  for (int row = 0; row < rows; ++row) {
    end += sprintf(end, row == 0 ? "(?" : ",(?");
    for (int column = 1; column < columns; ++column) end += sprintf(end, ",?");
    end += sprintf(end, ")");
  }
  sqlite3_stmt *statement;
  check(sqlite3_prepare_v3(store, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), sql);
  free(sql);
  return statement;
}

static void bind_row(sqlite3_stmt *statement, int at, int metrics, int strategy, int replication) {
  const int is_defective = replication % 6 == 5;
  sqlite3_bind_int64(statement, ++at, 1);
  sqlite3_bind_int64(statement, ++at, strategy);
  sqlite3_bind_int64(statement, ++at, replication);
  sqlite3_bind_text(statement, ++at, is_defective ? "rolled_back" : "promoted", -1, SQLITE_STATIC);
  if (is_defective) {
    sqlite3_bind_text(statement, ++at, "errors", -1, SQLITE_STATIC);
  } else {
    sqlite3_bind_null(statement, ++at);
  }
  sqlite3_bind_null(statement, ++at);
  for (int metric = 0; metric < metrics; ++metric) {
    /* The third to the fifth are absent where nothing was rolled back. */
    if (!is_defective && metric >= 2 && metric < 5) {
      sqlite3_bind_null(statement, ++at);
    } else {
      sqlite3_bind_double(statement, ++at, value(strategy, replication, metric));
    }
  }
  sqlite3_bind_int64(statement, ++at, 0);
}

int main(int count, char **words) {
  if (count < 4) {
    fprintf(stderr, "usage: rows STORE STRATEGIES REPLICATIONS [ROWS]\n");
    return 64;
  }
  const int strategies = atoi(words[2]), replications = atoi(words[3]);
  const int rows = count > 4 ? atoi(words[4]) : 50;
  check(sqlite3_open_v2(words[1], &store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL), words[1]);
  run("PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  char names[4096];
  int metrics;
  const int columns = read_columns(names, sizeof names, &metrics);
  sqlite3_stmt *many = prepare(names, columns, rows), *one = prepare(names, columns, 1);
  const double before = processor_seconds();
  for (int first = 0; first < replications; first += batch_replications) {
    const int last = first + batch_replications < replications ? first + batch_replications
                                                               : replications;
    const int wanted = (last - first) * strategies;
    run("BEGIN IMMEDIATE");
    for (int next = 0; next < wanted;) {
      const int now = wanted - next >= rows ? rows : 1;
      sqlite3_stmt *statement = now == rows ? many : one;
      for (int row = 0; row < now; ++row, ++next) {
        bind_row(statement, row * columns, metrics, next % strategies, first + next / strategies);
      }
      check(sqlite3_step(statement), "insert");
      check(sqlite3_reset(statement), "reset");
    }
    run("COMMIT");
  }
  const double seconds = processor_seconds() - before;
  sqlite3_finalize(many);
  sqlite3_finalize(one);
  check(sqlite3_close(store), "close");
  printf("{\"rows\": %d, \"seconds\": %.6f}\n", strategies * replications, seconds);
  return 0;
}
