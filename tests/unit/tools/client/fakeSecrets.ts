import { SecretReader } from "../../../../tools/client/access";

/** A Kubernetes API with these Secrets: their texts, or the status with which it refuses to show them. */
export function fakeSecrets(
    secrets: Readonly<Record<string, Readonly<Record<string, string>> | number>>,
): SecretReader {
    return {
        readNamespacedSecret: ({ name }) => {
            const values = secrets[name] ?? 404;
            if (typeof values === "number") {
                const body = JSON.stringify({ message: `secrets "${name}": no` });
                return Promise.reject(Object.assign(new Error("HTTP"), { code: values, body }));
            }
            const data = Object.entries(values).map(([key, text]) => [
                key,
                Buffer.from(text).toString("base64"),
            ]);
            return Promise.resolve({ data: Object.fromEntries(data) as Record<string, string> });
        },
    };
}
