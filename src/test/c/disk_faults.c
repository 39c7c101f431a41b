/*
 * Preloaded into a service to make its disk fail. While the file named by DISK_FAULT exists, the calls it lists fail for
 * files below DISK_FAULT_BELOW. Its content is "<call> <errno>": write, sync or all, and the number of the error.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static int fault(int fd, const char *call) {
    const char *control = getenv("DISK_FAULT");
    const char *below = getenv("DISK_FAULT_BELOW");
    if (control == NULL || below == NULL || access(control, F_OK) != 0) {
        return 0;
    }
    char link[64];
    char path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = 0;
    if (strncmp(path, below, strlen(below)) != 0) {
        return 0;
    }
    FILE *file = fopen(control, "r");
    char which[16] = "";
    int error = 0;
    if (file == NULL) {
        return 0;
    }
    int read = fscanf(file, "%15s %d", which, &error);
    fclose(file);
    return read == 2 && (strcmp(which, call) == 0 || strcmp(which, "all") == 0) ? error : 0;
}

#define FAIL(fd, call)                                                                                                 \
    do {                                                                                                               \
        int error = fault(fd, call);                                                                                   \
        if (error != 0) {                                                                                              \
            errno = error;                                                                                             \
            return -1;                                                                                                 \
        }                                                                                                              \
    } while (0)

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t size) {
    static ssize_t (*real)(int, const void *, size_t);
    if (real == NULL) {
        real = REAL(write);
    }
    FAIL(fd, "write");
    return real(fd, data, size);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (real == NULL) {
        real = REAL(pwrite64);
    }
    FAIL(fd, "write");
    return real(fd, data, size, offset);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
    static ssize_t (*real)(int, const void *, size_t, off_t);
    if (real == NULL) {
        real = REAL(pwrite);
    }
    FAIL(fd, "write");
    return real(fd, data, size, offset);
}

int fsync(int fd) {
    static int (*real)(int);
    if (real == NULL) {
        real = REAL(fsync);
    }
    FAIL(fd, "sync");
    return real(fd);
}

int fdatasync(int fd) {
    static int (*real)(int);
    if (real == NULL) {
        real = REAL(fdatasync);
    }
    FAIL(fd, "sync");
    return real(fd);
}
