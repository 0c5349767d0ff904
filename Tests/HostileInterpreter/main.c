// The interpreter of a hostile image: `python3 SCENE ...` plays a scene where a zygote would start,
// or where a job's program would. Linked statically, so that nothing is preloaded into it.
#include <stdio.h>
#include <string.h>

#include "hostile.h"

static const struct {
    const char *name;
    int (*play)(void);
} scenes[] = {
    {"job", play_job},         {"gains", play_gains}, {"eventfd", play_eventfd},
    {"daemons", play_daemons}, {"flood", play_flood}, {"moves", play_moves},
    {"lodgers", play_lodgers},
};

int main(int count, char **arguments) {
    const char *name = count > 1 ? arguments[1] : "";
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++)
        if (strcmp(scenes[i].name, name) == 0) return scenes[i].play();
    printf("there is no scene '%s'", name);
    return 64;
}
