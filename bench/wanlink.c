/*
 * A network link with a rate and a latency between two network namespaces, for kernels without netem.
 *
 *   cc -O2 -pthread -o wanlink wanlink.c
 *   wanlink NAMESPACE ADDRESS/BITS NAMESPACE ADDRESS/BITS MBIT DELAY_MS [QUEUE_MS]
 *
 * Each namespace (`ip netns add`) gets a tun device `wan`. In each direction packets wait in a queue of at most
 * QUEUE_MS (default 100; what does not fit is dropped, as a router does), leave it at MBIT megabits a second, and
 * arrive DELAY_MS later. It says `ready` when the link is up, and runs until it is ended.
 *
 * A direction has two threads: one takes packets and notes when each is due, the other hands them on at that time.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#define PACKET_BYTES 2048 /* more than the devices' MTU of 1500 */
#define FRAME_BYTES 38    /* what Ethernet puts around a packet: preamble, header, checksum, gap */
#define MOST_PACKETS 32768
#define SECOND 1000000000LL

struct packet {
    int64_t due;
    ssize_t length;
    char bytes[PACKET_BYTES];
};

struct direction {
    int from, to;
    int64_t nanos_per_byte_1024; /* in 1/1024 of a nanosecond */
    int64_t delay, queue;
    struct packet *ring;
    uint64_t taken, handed; /* packets since the beginning; guarded by the lock */
    pthread_mutex_t lock;
    pthread_cond_t arrived;
};

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

static void sleep_until(int64_t due)
{
    struct timespec time = {due / SECOND, due % SECOND};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) != 0) {
    }
}

static void *take(void *argument)
{
    struct direction *way = argument;
    int64_t idle_from = 0; /* when all packets so far have left the queue */
    static _Thread_local char dropped[PACKET_BYTES];
    for (;;) {
        pthread_mutex_lock(&way->lock);
        int full = way->taken - way->handed >= MOST_PACKETS;
        struct packet *next = &way->ring[way->taken % MOST_PACKETS];
        pthread_mutex_unlock(&way->lock);
        ssize_t length = read(way->from, full ? dropped : next->bytes, PACKET_BYTES);
        if (length <= 0) {
            fail("read from the device");
        }
        int64_t time = now();
        int64_t leaves = idle_from > time ? idle_from : time;
        if (full || leaves - time > way->queue) {
            continue;
        }
        idle_from = leaves + (length + FRAME_BYTES) * way->nanos_per_byte_1024 / 1024;
        next->due = idle_from + way->delay;
        next->length = length;
        pthread_mutex_lock(&way->lock);
        way->taken++;
        pthread_cond_signal(&way->arrived);
        pthread_mutex_unlock(&way->lock);
    }
    return NULL;
}

static void *hand_on(void *argument)
{
    struct direction *way = argument;
    prctl(PR_SET_TIMERSLACK, 1000); /* a microsecond, not fifty */
    for (;;) {
        pthread_mutex_lock(&way->lock);
        while (way->taken == way->handed) {
            pthread_cond_wait(&way->arrived, &way->lock);
        }
        struct packet *next = &way->ring[way->handed % MOST_PACKETS];
        pthread_mutex_unlock(&way->lock);
        if (next->due > now()) {
            sleep_until(next->due);
        }
        ssize_t sent = write(way->to, next->bytes, next->length);
        (void)sent; /* a device that takes no more drops it, like any */
        pthread_mutex_lock(&way->lock);
        way->handed++;
        pthread_mutex_unlock(&way->lock);
    }
    return NULL;
}

static int device(const char *space, const char *address)
{
    char text[256];
    snprintf(text, sizeof text, "/var/run/netns/%s", space);
    int entry = open(text, O_RDONLY | O_CLOEXEC);
    if (entry < 0 || setns(entry, CLONE_NEWNET) != 0) {
        fail(text);
    }
    close(entry);
    int device = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
    struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
    strcpy(request.ifr_name, "wan");
    if (device < 0 || ioctl(device, TUNSETIFF, &request) != 0) {
        fail("/dev/net/tun");
    }
    snprintf(text, sizeof text, "ip link set lo up && ip address add %s dev wan && "
             "ip link set wan mtu 1500 txqueuelen 1000 up", address);
    if (system(text) != 0) {
        fail(text);
    }
    return device;
}

static void run(int from, int to, double mbit, double delay, double queue)
{
    struct direction *way = calloc(1, sizeof *way);
    way->from = from;
    way->to = to;
    way->nanos_per_byte_1024 = (int64_t)(8 * 1000 * 1024 / mbit);
    way->delay = (int64_t)(delay * 1e6);
    way->queue = (int64_t)(queue * 1e6);
    way->ring = calloc(MOST_PACKETS, sizeof *way->ring);
    pthread_mutex_init(&way->lock, NULL);
    pthread_cond_init(&way->arrived, NULL);
    pthread_t thread;
    if (pthread_create(&thread, NULL, take, way) != 0 || pthread_create(&thread, NULL, hand_on, way) != 0) {
        fail("start a thread");
    }
}

int main(int count, char **words)
{
    if (count < 7 || atof(words[5]) <= 0) {
        fprintf(stderr, "wanlink NAMESPACE ADDRESS/BITS NAMESPACE ADDRESS/BITS MBIT DELAY_MS [QUEUE_MS]\n");
        return 2;
    }
    int here = device(words[1], words[2]);
    int there = device(words[3], words[4]);
    double mbit = atof(words[5]), delay = atof(words[6]), queue = count > 7 ? atof(words[7]) : 100;
    run(here, there, mbit, delay, queue);
    run(there, here, mbit, delay, queue);
    puts("ready");
    fflush(stdout);
    for (;;) {
        pause();
    }
}
