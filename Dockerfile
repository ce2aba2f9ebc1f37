# syntax=docker/dockerfile:1

FROM eclipse-temurin:17.0.17_10-jdk-noble AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
COPY processes processes
COPY forms forms
# the tests are run by ./mvnw verify, before an image is built
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B package -Dmaven.test.skip=true \
    && java -Djarmode=tools -jar target/sterna-*.jar extract --layers \
        --application-filename sterna.jar --destination layers

FROM eclipse-temurin:17.0.17_10-jre-noble
LABEL org.opencontainers.image.title="Sterna" \
      org.opencontainers.image.description="Workflow and task engine for the duties of national focal points of the Convention on Migratory Species"
WORKDIR /app
# seldom changed layers first
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./

# by a file there the installation tells its own database from a copy; make it a volume that no backup of the database holds
RUN install -d -o 10001 -g 10001 /var/lib/sterna
ENV STERNA_NOTICES_DELIVERY_INSTALLATION_FILE=/var/lib/sterna/installation.properties

# a number, so that "run as non-root" can be checked without a user list; it owns nothing under /app
USER 10001:10001
# production unless told otherwise; see "Configuration" in README.md
ENV SPRING_PROFILES_ACTIVE=postgres,prod
EXPOSE 8080
# writes nothing but /tmp and /var/lib/sterna: run it with a read-only root file system and a tmpfs there
ENTRYPOINT ["java", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=70", "-jar", "sterna.jar"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 \
    CMD ["java", "-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", "sterna.jar", "org.sterna.HealthProbe"]
