import { hasIdentities } from "../../components/kafka/listeners";
import { MAX_LIST_BYTES } from "../../components/statefulset/jobs";
import { topicsText } from "../../components/statefulset/topics/topicsJob";
import { usersText } from "../../components/statefulset/users/usersJob";
import type { ConfigProblem } from "../problems";
import type { ParsedConfig } from "../schema";

/** Lists that are too long for the Jobs that make topics and users. */
export function jobListConflicts(config: ParsedConfig): ConfigProblem[] {
    const { kafkaDeploymentType, topics = [], users = [], listeners = [] } = config;
    if (kafkaDeploymentType !== "statefulset") {
        return [];
    }
    const known = <T>(list: readonly (T | undefined)[]) =>
        list.filter((each) => each !== undefined);
    const texts = {
        topics: topicsText(named(known(topics))),
        users: usersText(
            named(known(users)).flatMap(({ authentication: { type, ...login }, acls, ...user }) =>
                type === undefined
                    ? []
                    : [
                          {
                              ...user,
                              authentication: { ...login, type },
                              acls: known(acls).map((acl) => ({
                                  ...acl,
                                  operations: known(acl.operations),
                              })),
                          },
                      ],
            ),
            hasIdentities(listeners),
        ),
    };
    return Object.entries(texts).flatMap(([key, text]): ConfigProblem[] => {
        const bytes = Buffer.byteLength(text);
        const expected = `a list that a Job can read: at most ${MAX_LIST_BYTES} bytes, a line for each of them and for each property, quota and single right`;
        return bytes > MAX_LIST_BYTES ? [{ key, expected, given: `${bytes} bytes` }] : [];
    });
}

function named<T extends { readonly name?: string }>(list: readonly T[]) {
    return list.flatMap(({ name, ...rest }) => (name === undefined ? [] : [{ ...rest, name }]));
}
