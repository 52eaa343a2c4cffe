/** Suites that run one after the other, by the beginning of their file names. */
type Lane = readonly string[];

/**
 * The integration suites in turns: the lanes of a turn run beside each other. A stack that comes up keeps two cores busy, so
 * one lane has all stacks, and the other what needs little more than the API server.
 */
export const TURNS: readonly (readonly Lane[])[] = [
    [
        [
            "statefulset",
            "security",
            "strimzi",
            "scaleIn",
            "eks",
            "zookeeperAuthentication",
            "pemFiles",
            "previewAccess",
            "demo",
        ],
        ["engine", "strictValidation", "strimziSchema", "clientSecurity"],
    ],
];
