// The same request over connections to 127.0.0.1 that stay open, as a client of a service has them.
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct options *options;

static void http_prepare(const struct options *given) {
    options = given;
}

static void http_open(struct slot *slot) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)options->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1;
    slot->output = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (slot->output < 0 || connect(slot->output, (struct sockaddr *)&address, sizeof address) != 0)
        fail("connecting to port %d", options->port);
    setsockopt(slot->output, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(slot->output, F_SETFL, O_NONBLOCK);
    watch(slot->output, EPOLLIN, slot, 0);
}

static void send_rest(struct slot *slot, int is_watched) {
    const struct bytes *request = &options->input;
    while (slot->sent < request->length) {
        ssize_t put = write(slot->output, request->at + slot->sent, request->length - slot->sent);
        if (put < 0 && errno == EAGAIN) {
            if (!is_watched) watch(slot->output, EPOLLIN | EPOLLOUT, slot, 0);
            return;
        }
        if (put < 0) fail("sending a request");
        slot->sent += (size_t)put;
    }
    if (is_watched) watch(slot->output, EPOLLIN, slot, 0);
}

static void http_begin(struct slot *slot) {
    slot->body_at = 0;
    send_rest(slot, 0);
}

// Looks for its first bytes alone: memmem prepares for a needle of a megabyte for milliseconds,
// which whoever compares an output as it is does not pay.
static int holds(const char *text, size_t length, const struct bytes *expected) {
    const size_t head = expected->length < 16 ? expected->length : 16;
    const char *end = text + length;
    for (const char *at = text; (size_t)(end - at) >= expected->length; at++) {
        at = memmem(at, (size_t)(end - at), expected->at, head);
        if (at == NULL || (size_t)(end - at) < expected->length) return 0;
        if (memcmp(at, expected->at, expected->length) == 0) return 1;
    }
    return 0;
}

static void parse_head(struct slot *slot) {
    const char *head = slot->answer.at;
    const char *end = memmem(head, slot->answer.length, "\r\n\r\n", 4);
    if (end == NULL) return;
    if (strncmp(head, "HTTP/1.1 200 ", 13) != 0) show_mismatch(slot, "an answer that is not 200");
    slot->body_at = (size_t)(end + 4 - head);
    for (const char *line = head; line < end; line = strstr(line, "\r\n") + 2)
        if (strncasecmp(line, "content-length:", 15) == 0) {
            slot->body_length = strtoul(line + 15, NULL, 10);
            return;
        }
    show_mismatch(slot, "an answer without Content-Length");
}

static int http_step(struct slot *slot, int which, uint32_t events) {
    (void)which;
    if (events & EPOLLOUT) send_rest(slot, 1);
    if (!(events & ~(uint32_t)EPOLLOUT)) return 0;
    if (!read_available(slot->output, &slot->answer))
        show_mismatch(slot, "the connection was closed");
    if (slot->body_at == 0) parse_head(slot);
    if (slot->body_at == 0 || slot->answer.length < slot->body_at + slot->body_length) return 0;
    if (!holds(slot->answer.at + slot->body_at, slot->body_length, &options->expected))
        show_mismatch(slot, "a wrong answer");
    return 1;
}

static void http_abandon(struct slot *slot) {
    if (slot->output >= 0) close(slot->output);
}

const struct driver http_driver = {http_prepare, http_open, http_begin, http_step, http_abandon};
