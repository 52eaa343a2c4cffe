import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";

/** Users that exist twice, or that no listener would recognise. */
export function userConflicts(config: ParsedConfig): ConfigProblem[] {
    const { users = [], listeners } = config;
    if (config.kafkaDeploymentType !== "strimzi") {
        return [];
    }
    const problems: ConfigProblem[] = [];
    const takenBy = new Map<string, string>();
    users.forEach((user, index) => {
        if (user === undefined) {
            return;
        }
        const key = `users[${index}]`;
        const other = takenBy.get(user.name);
        if (other === undefined) {
            takenBy.set(user.name, `${key}.name`);
        } else {
            const expected = `a name that ${other} does not have`;
            problems.push({ key: `${key}.name`, expected, given: show(user.name) });
        }
        const { type } = user.authentication;
        const recognised = (listeners ?? [undefined]).some(
            (listener) => listener === undefined || listener.authentication?.type === type,
        );
        if (!recognised) {
            const expected = `the authentication of one of the listeners (none has ${show(type)})`;
            problems.push({ key: `${key}.authentication.type`, expected, given: show(type) });
        }
    });
    return problems;
}
