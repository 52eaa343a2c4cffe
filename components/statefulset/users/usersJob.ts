import { types } from "@pulumi/kubernetes";
import { type User, userSecretName } from "../../kafka/users";
import { type Mounts, secretFiles } from "../../kubernetes/mounts";
import { brokerClient, REPLICATION_BOOTSTRAP } from "../brokers/brokerClient";
import type { StartAdditions } from "../../kubernetes/podAdditions";
import type { BrokerSecurity } from "../brokers/brokerProperties";
import { readScript } from "../scripts";
import { hashedJob } from "../jobs";
import { PASSWORD_KEY, USERS_JOB } from "../../kafka/names";
import { passwordMarker } from "../../kafka/passwordMarker";
import { quotaTexts } from "./quotas";

/** Directory in the container with the passwords. */
const PASSWORDS = "/etc/kafka-eks-passwords";

/** The Job that makes passwords, permissions and quotas of all users what the list says, with Kafka's own tools. */
export function usersJob(args: {
    readonly namespace: string;
    readonly image: string;
    readonly users: readonly User[];
    readonly security: BrokerSecurity;
    readonly jobPods?: StartAdditions;
}): { name: string; spec: types.input.batch.v1.JobSpec } {
    const { namespace, users, security } = args;
    const hasAuthorization = security.superUsers !== undefined;
    const withPassword = users.filter(({ authentication }) => authentication.type !== "tls");
    const { env, mounts } = brokerClient(security);
    return hashedJob({
        name: USERS_JOB,
        container: "users",
        image: args.image,
        script: readScript("users/apply-users.sh"),
        env: {
            BOOTSTRAP: REPLICATION_BOOTSTRAP,
            AUTHORIZATION: String(hasAuthorization),
            PASSWORDS,
            USERS: usersText(users, hasAuthorization),
            ...env,
        },
        mounts: [...mounts, ...(withPassword.length > 0 ? [passwordFiles(withPassword)] : [])],
        pods: args.jobPods,
        memory: "256Mi",
        content: users.map((user) => passwordMarker(namespace, user) ?? null),
    });
}

/** The passwords as files, named as the users. */
function passwordFiles(users: readonly User[]): Mounts {
    return secretFiles(
        PASSWORDS,
        users.map(({ name }) => ({ path: name, secret: userSecretName(name), key: PASSWORD_KEY })),
    );
}

/** Types of resources in the words of Kafka's tools. */
const RESOURCES = {
    topic: "topic",
    group: "group",
    cluster: "cluster",
    transactionalId: "transactional-id",
} as const;

/** Users as the script reads them. */
export function usersText(users: readonly User[], hasAuthorization: boolean): string {
    return users.map((user) => userLines(user, hasAuthorization)).join("");
}

/** A user as the script reads it: a line with its name and type, and one for each quota and each single right. */
function userLines(
    { name, authentication, acls, quotas }: User,
    hasAuthorization: boolean,
): string {
    const permissions = (hasAuthorization ? acls : []).flatMap(
        ({ type, resource, operations, host }) =>
            operations.map((operation) =>
                [
                    "acl",
                    type,
                    resource.patternType === "prefix" ? "prefixed" : "literal",
                    RESOURCES[resource.type],
                    operation,
                    host,
                    resource.name ?? "kafka-cluster",
                ].join(" "),
            ),
    );
    return [
        `user ${name} ${authentication.type}`,
        ...quotaTexts(quotas).map((quota) => `quota ${quota}`),
        ...permissions,
    ]
        .map((line) => `${line}\n`)
        .join("");
}
