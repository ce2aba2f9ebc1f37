package org.sterna.access;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.multipart.support.DefaultMultipartHttpServletRequest;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

/**
 * Puts the files of a kept form where the form that is sent again has none chosen, since no page can fill a browser's
 * file input.
 */
@Component("multipartResolver")
class KeptFiles extends StandardServletMultipartResolver {

    private final KeptForms forms;

    KeptFiles(KeptForms forms) {
        this.forms = forms;
    }

    @Override
    public MultipartHttpServletRequest resolveMultipart(HttpServletRequest request) {
        MultipartHttpServletRequest sent = super.resolveMultipart(request);
        Optional<KeptForms.Kept> kept = KeptFormFilter.kept(request, forms)
                .filter(found -> found.sent().path().equals(FormKeeper.path(request.getRequestURI(), request)));
        return kept.isEmpty() ? sent : with(kept.get().id(), sent, request);
    }

    private MultipartHttpServletRequest with(UUID id, MultipartHttpServletRequest sent, HttpServletRequest request) {
        MultiValueMap<String, MultipartFile> files = new LinkedMultiValueMap<>(sent.getMultiFileMap());
        for (KeptForms.Paper paper : forms.papers(id)) {
            List<MultipartFile> chosen = files.get(paper.field());
            // only where the form has such an input, and it was left empty
            if (chosen != null && chosen.stream().allMatch(MultipartFile::isEmpty)) {
                files.put(paper.field(), List.of(new KeptFile(paper)));
            }
        }
        return new DefaultMultipartHttpServletRequest(request, files, Map.of(), Map.of());
    }

    /** A file as if it had just been chosen. */
    private record KeptFile(KeptForms.Paper paper) implements MultipartFile {

        @Override
        public String getName() {
            return paper.field();
        }

        @Override
        public String getOriginalFilename() {
            return paper.name();
        }

        @Override
        public @Nullable String getContentType() {
            return paper.type();
        }

        @Override
        public boolean isEmpty() {
            return getBytes().length == 0;
        }

        @Override
        public long getSize() {
            return getBytes().length;
        }

        @Override
        public byte[] getBytes() {
            byte[] content = paper.content();
            return content == null ? new byte[0] : content;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(getBytes());
        }

        @Override
        public void transferTo(File target) throws IOException {
            Files.write(target.toPath(), getBytes());
        }
    }
}
