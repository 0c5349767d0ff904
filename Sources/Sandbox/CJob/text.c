#include "CJob.h"

char *cb_put_number(char *to, uint64_t number) {
    uint64_t unit = 1;
    while (number / unit >= 10) unit *= 10;
    for (; unit > 0; unit /= 10) *to++ = (char)('0' + number / unit % 10);
    *to = 0;
    return to;
}

char *cb_put_text(char *to, const char *text) {
    while ((*to = *text)) to++, text++;
    return to;
}
