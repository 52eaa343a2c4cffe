import type { Listener } from "../components/kafka/listeners";
import { HEALTH } from "../components/kafka/names";
import type { Acl, User } from "../components/kafka/users";

/** What `npm run health` does: it looks at the cluster and at all topics, and writes to and reads from one of its own. */
const ACLS: readonly Acl[] = [
    { type: "allow", resource: { type: "cluster" }, operations: ["Describe"], host: "*" },
    {
        type: "allow",
        resource: { type: "topic", name: "*" },
        operations: ["Describe", "DescribeConfigs"],
        host: "*",
    },
    {
        type: "allow",
        resource: { type: "topic", name: HEALTH },
        operations: ["Create", "Alter", "Write", "Read"],
        host: "*",
    },
];

/** The users of the health check: one for each type of authentication that a listener has. */
export function healthUsers(listeners: readonly Listener[]): User[] {
    const types = listeners.flatMap(({ authentication }) => authentication?.type ?? []);
    return [...new Set(types)].sort().map((type) => ({
        name: `${HEALTH}-${type === "tls" ? "tls" : "scram"}`,
        authentication: { type },
        acls: ACLS,
        quotas: {},
    }));
}
