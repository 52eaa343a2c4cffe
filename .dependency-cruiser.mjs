/**
 * The walls of the house: which room may import from which. docs/architecture.md says why.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
const rooms = {
    components: [],
    config: ["components"],
    program: ["components", "config"],
    tools: ["components", "config"],
    lab: ["components", "config", "program", "tools"],
};

/** Rooms of components; files that lie in `components/statefulset` itself belong to all of its rooms. */
const componentRooms = {
    kubernetes: [],
    live: ["kubernetes"],
    kafka: ["kubernetes", "live"],
    statefulset: ["kubernetes", "live", "kafka"],
    strimzi: ["kubernetes", "live", "kafka"],
    eks: ["kubernetes", "live", "kafka"],
};

const wall = (parent, room, allowed, others) => ({
    name: `${parent}${room} imports only ${["itself", ...allowed].join(", ")}`,
    severity: "error",
    from: {
        path: `^${parent}${room}/`,
        // It runs the whole program to see what that registers.
        ...(room === "tools" && { pathNot: "^tools/render/" }),
    },
    to: {
        path: `^${parent}(${others.filter((each) => each !== room && !allowed.includes(each)).join("|")})/`,
    },
});

export default {
    forbidden: [
        { name: "no circles", severity: "error", from: {}, to: { circular: true } },
        ...Object.entries(rooms).map(([room, allowed]) =>
            wall("", room, allowed, [...Object.keys(rooms), "tests"]),
        ),
        ...Object.entries(componentRooms).map(([room, allowed]) =>
            wall("components/", room, allowed, Object.keys(componentRooms)),
        ),
        {
            name: "tools/render imports only what tools do, and the program",
            severity: "error",
            from: { path: "^tools/render/" },
            to: { path: "^(lab|tests)/" },
        },
        {
            name: "tools/cli serves all tools and knows none",
            severity: "error",
            from: { path: "^tools/cli/" },
            to: { path: "^tools/(?!cli/)" },
        },
    ],
    options: {
        doNotFollow: { path: "node_modules" },
        exclude: { path: "^node_modules/(?!@types)" },
        // Types, too: a circle of types is one for whoever reads them.
        tsPreCompilationDeps: true,
        tsConfig: { fileName: "tsconfig.json" },
    },
};
