import java.util.jar.JarFile;

/** Prints the classes in jars, as `-XX:SharedClassListFile` takes them: ClassesOf JAR... */
class ClassesOf {
    public static void main(String[] jars) throws Exception {
        for (String jar : jars) {
            try (JarFile file = new JarFile(jar)) {
                file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class"))
                    // Of a module or package, and variants for other versions of Java.
                    .filter(name -> !name.endsWith("-info.class") && !name.startsWith("META-INF/"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .forEach(System.out::println);
            }
        }
    }
}
